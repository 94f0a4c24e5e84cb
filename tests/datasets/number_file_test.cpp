#include "attune/datasets/number_file.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "attune/datasets/sample_grid.hpp"

namespace attune::datasets {
namespace {

NumberFile parsed(std::string_view text) {
  auto file = parse_numbers("field.csv", text);
  EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().message);
  return file.ok() ? std::move(*file) : NumberFile{};
}

TEST(NumberFile, ReadsTheSameNumbersHoweverTheyAreWritten) {
  const std::pair<const char*, std::string> files[]{
      {"plain", "t_s,ecg\n0.5,-1.25\n1,2\n"},
      {"byte-order mark, CRLF", "\xEF\xBB\xBFt_s,ecg\r\n0.5,-1.25\r\n1,2\r\n"},
      {"CRCRLF", "t_s,ecg\r\r\n0.5,-1.25\r\r\n1,2\r\r\n"},
      {"CR", "t_s,ecg\r0.5,-1.25\r1,2\r"},
      {"semicolons, decimal commas", "t_s;ecg\n0,5;-1,25\n1;2\n"},
      {"tabs, decimal commas", "t_s\tecg\n0,5\t-1,25\n1\t2\n"},
      {"blanks", "t_s ecg\n0.5  -1.25\n 1 2\n"},
      {"quotes", "\"t_s\",\"ecg\"\n\"0.5\",\"-1.25\"\n\"1\",\"2\"\n"},
      {"comments", "# rate_hz=360 made by hand\nt_s,ecg\n0.5,-1.25\n# a remark\n1,2\n"},
      {"a line of units", "t_s,ecg\ns,mV\n0.5,-1.25\n1,2\n"},
      {"trailing commas", "t_s,ecg,\n0.5,-1.25,\n1,2,\n"},
      {"no line end", "t_s,ecg\n0.5,-1.25\n1,2"},
  };
  for (const auto& [name, text] : files) {
    const auto file = parsed(text);
    ASSERT_EQ(file.rows(), 2u) << name;
    const auto *time = file.find({"t_s"}), *ecg = file.find({"ecg"});
    ASSERT_TRUE(time != nullptr && ecg != nullptr) << name;
    EXPECT_EQ(time->values[0], 0.5) << name;
    EXPECT_EQ(ecg->values[0], -1.25) << name;
    EXPECT_EQ(ecg->values[1], 2.0) << name;
    EXPECT_TRUE(file.check(*ecg).ok()) << name;
  }
}

TEST(NumberFile, ReadsUtf16) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("ecg\n1.5\n")) wide += std::string{c, '\0'};
  EXPECT_EQ(parsed(wide).find({"ecg"})->values.at(0), 1.5);
}

TEST(NumberFile, NeedsNoHeader) {
  const auto file = parsed("1\n2\n3\n");
  EXPECT_EQ(file.rows(), 3u);
  EXPECT_TRUE(file.columns.front().name.empty());
}

TEST(NumberFile, CountsRowsAsGivenEmptyOnesToo) {
  const auto file = parsed("ecg\n1\n\nnan\nNA\n5\n\n\n");
  ASSERT_EQ(file.rows(), 5u) << "what is empty at the end is no row";
  EXPECT_TRUE(std::isnan(file.columns[0].values[1]) && std::isnan(file.columns[0].values[2]) &&
              std::isnan(file.columns[0].values[3]));
  EXPECT_EQ(file.columns[0].values[4], 5.0);
  EXPECT_EQ(file.lines[4], 6);
  EXPECT_EQ(parsed("t,x\n1,2\n\n2,3\n").rows(), 2u) << "between rows of several cells an empty line is none";
}

TEST(NumberFile, NamesTheRowOfTextThatIsNoNumber) {
  const auto file = parsed("t,ecg\n0,1\n1,much\n");
  const auto checked = file.check(*file.find({"ecg"}));
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().message, "field.csv:3: column 'ecg' is 'much', not a number");
  EXPECT_TRUE(file.check(*file.find({"t"})).ok());
}

TEST(NumberFile, TellsWhatACommentStates) {
  EXPECT_EQ(parsed("# rate_hz=250.5 x\n1\n").stated("rate_hz"), 250.5);
}

TEST(NumberFile, RefusesWhatHoldsNoNumbers) {
  for (const char* text : {"", "\n\n", "ecg\n", "# only words\n", "\xEF\xBB\xBF"})
    EXPECT_FALSE(parse_numbers("f", text).ok()) << text;
}

TEST(FieldNumber, ReadsNumbersTimesAndWhatStandsForUnknown) {
  EXPECT_EQ(field_number("1e-3"), 1e-3);
  EXPECT_EQ(field_number("+2"), 2.0);
  EXPECT_EQ(field_number("1,5", true), 1.5);
  EXPECT_EQ(field_number("1:02.5"), 62.5);
  EXPECT_EQ(field_number("1970-01-02 00:00:01"), 86401.0);
  EXPECT_TRUE(std::isnan(field_number("N/A").value()));
  EXPECT_TRUE(std::isnan(field_number("inf").value()));
  EXPECT_TRUE(std::isnan(field_number("").value()));
  for (const char* text : {"1,5", "abc", "1.2.3", "0x10", "1:2:3:4", "12 34"})
    EXPECT_FALSE(field_number(text)) << text;
}

/// Stamps of 20 s at 250 Hz, changed row by row, and each row's slot.
SampleGrid placed(std::vector<double> stamps, std::optional<double> rate_hz = 250.0) {
  std::vector<double> values(stamps.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  auto grid = grid_of_stamps(stamps, values, rate_hz);
  EXPECT_TRUE(grid.ok());
  return grid.ok() ? std::move(*grid) : SampleGrid{};
}
std::vector<double> even_stamps(double rate_hz = 250.0) {
  std::vector<double> stamps;
  for (int i = 0; i < 5000; ++i) stamps.push_back(i / rate_hz);
  return stamps;
}
void expect_even(const SampleGrid& grid, const char* what) {
  for (std::size_t i = 0; i < grid.slot.size(); ++i)
    ASSERT_EQ(grid.slot[i], static_cast<std::int64_t>(i)) << what << ", row " << i;
}

TEST(SampleGrid, StaysEvenThroughUnitsCoarseAndJitteringStamps) {
  auto stamps = even_stamps();
  expect_even(placed(stamps), "seconds");
  expect_even(placed(stamps, {}), "no rate given");
  for (const double unit : {1e3, 1e6, 1e9}) {
    auto scaled = stamps;
    for (auto& stamp : scaled) stamp *= unit;
    expect_even(placed(scaled), "other units");
  }
  for (const double step : {0.01, 0.1, 1.0}) {
    auto coarse = stamps;
    for (auto& stamp : coarse) stamp = std::floor(stamp / step + 1e-9) * step;
    expect_even(placed(coarse), "coarse");
  }
  auto repeated = stamps;
  for (std::size_t i = 100; i < 5000; i += 97) repeated[i] = repeated[i - 1];
  expect_even(placed(repeated), "repeated stamps");
  auto wrong = stamps;
  for (std::size_t i = 100; i < 5000; i += 97) wrong[i] = 0.0;
  expect_even(placed(wrong), "stamps of 0");
  EXPECT_NEAR(placed(even_stamps(253.7), 254.0).rate_hz, 253.7, 0.01) << "a rate that is not whole";
}

TEST(SampleGrid, LeavesSlotsForRowsThatAreMissing) {
  auto stamps = even_stamps();
  stamps.erase(stamps.begin() + 1000, stamps.begin() + 1250);
  const auto grid = placed(stamps);
  EXPECT_EQ(grid.slot[999], 999);
  EXPECT_EQ(grid.slot[1000], 1250);
  std::vector<double> thinned;
  for (std::size_t i = 0; i < 5000; i += i % 7 == 0 ? 1 : 2)
    thinned.push_back(static_cast<double>(i) / 250.0);
  const auto thin = placed(thinned);
  for (std::size_t i = 0; i < thinned.size(); ++i) ASSERT_EQ(thin.slot[i], std::lround(thinned[i] * 250.0));
}

TEST(SampleGrid, PutsSwappedRowsInOrderAndANewStartAfterAGap) {
  auto swapped = even_stamps();
  std::swap(swapped[500], swapped[503]);
  const auto grid = placed(swapped);
  EXPECT_EQ(grid.slot[500], 503);
  EXPECT_EQ(grid.slot[503], 500);
  auto anew = even_stamps();
  for (std::size_t i = 2000; i < anew.size(); ++i) anew[i] -= 8.0;
  const auto restarted = placed(anew);
  EXPECT_GE(restarted.slot[2000] - restarted.slot[1999], static_cast<std::int64_t>(restart_gap_s * 250.0));
  EXPECT_EQ(restarted.slot[2001] - restarted.slot[2000], 1);
}

TEST(SampleGrid, LeavesOutRowsThatWereSentTwice) {
  const std::vector<double> stamps{0.0, 0.004, 0.004, 0.008, 0.012, 0.016, 0.02, 0.024, 0.028},
      values{1, 2, 2, 3, 4, 5, 6, 7, 8};
  const auto grid = grid_of_stamps(stamps, values, 250.0);
  ASSERT_TRUE(grid.ok());
  EXPECT_EQ(grid->slot[2], SampleGrid::left_out);
  EXPECT_EQ(grid->slot[3], 2);
  EXPECT_EQ(grid->rows_by_slot()[2], 3);
}

}  // namespace
}  // namespace attune::datasets
