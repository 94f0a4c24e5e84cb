#include "cli/analyse/signal_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <regex>

#include "attune/datasets/number_file.hpp"
#include "attune/datasets/sample_grid.hpp"

namespace attune::cli {

namespace {

using datasets::NumberColumn;
using datasets::NumberFile;
constexpr double highest_hz = 10000.0;

/// Whether a column without a name is a clock: it rises nearly always.
bool mostly_rises(const NumberColumn& column) {
  std::size_t rises = 0, pairs = 0;
  for (std::size_t i = 1; i < column.values.size(); ++i) {
    const double step = column.values[i] - column.values[i - 1];
    if (std::isnan(step)) continue;
    ++pairs;
    rises += step >= 0.0 ? 1 : 0;
  }
  return pairs > 0 && 20 * rises >= 19 * pairs && column.values.front() != column.values.back();
}

struct Columns {
  const NumberColumn* signal = nullptr;
  const NumberColumn* time = nullptr;
  double time_scale = 1.0;  // counts of samples become seconds
};

Columns choose(const NumberFile& file, std::initializer_list<std::string_view> names,
               std::optional<double> rate_hz) {
  Columns chosen;
  chosen.time = file.find({"t_s",          "t",
                           "time",         "time_s",
                           "times",        "seconds",
                           "second",       "sec",
                           "timestamp",    "timestamps",
                           "time_stamp",   "timestamp_s",
                           "t_ms",         "time_ms",
                           "timestamp_ms", "ms",
                           "timestamp_us", "time_us",
                           "t_us",         "timestamp_ns",
                           "time_ns",      "t_ns",
                           "datetime",     "date",
                           "elapsed time", "elapsed_time",
                           "elapsed",      "unix",
                           "unix_time",    "time [s]",
                           "time (s)",     "time[s]",
                           "time(s)",      "time [ms]",
                           "time (ms)"});
  if (const auto* count = file.find({"sample", "sample #", "index", "n"});
      chosen.time == nullptr && count != nullptr && rate_hz) {
    chosen.time = count;
    chosen.time_scale = 1.0 / *rate_hz;
  }
  chosen.signal = file.find(names);
  const auto& first = file.columns.front();
  if (chosen.time == nullptr && file.columns.size() > 1 && chosen.signal != &first && mostly_rises(first))
    chosen.time = &first;
  for (const auto& column : file.columns) {
    const bool empty =
        std::all_of(column.values.begin(), column.values.end(), [](double v) { return std::isnan(v); });
    if (chosen.signal == nullptr && &column != chosen.time && !empty) chosen.signal = &column;
  }
  return chosen;
}

std::optional<double> rate_in_name(const std::string& path) {
  static const std::regex pattern("_([0-9]+(?:\\.[0-9]+)?)hz(?:[._]|$)", std::regex::icase);
  const auto name = std::filesystem::path(path).filename().string();
  std::smatch match;
  if (!std::regex_search(name, match, pattern)) return std::nullopt;
  return datasets::field_number(match[1].str());
}

/// The wristband Empatica E4 writes, above its values, when it started (Unix time) and its rate.
std::optional<double> rate_above_values(const NumberFile& file) {
  const auto& first = file.columns.front();
  if (!first.name.empty() || file.rows() < 3 || !(first.values[0] > 1e9) || !(first.values[1] > 0.0))
    return std::nullopt;
  const double rate = first.values[1];
  return rate <= 1000.0 && rate == std::floor(rate) ? std::optional(rate) : std::nullopt;
}

}  // namespace

std::int64_t SignalFile::row_near(double slot) const {
  const auto last = static_cast<std::int64_t>(row.size()) - 1;
  const auto middle = std::clamp<std::int64_t>(std::lround(slot), 0, last);
  for (std::int64_t k = 0; k <= last; ++k) {
    if (middle - k >= 0 && row[static_cast<std::size_t>(middle - k)] >= 0)
      return row[static_cast<std::size_t>(middle - k)];
    if (middle + k <= last && row[static_cast<std::size_t>(middle + k)] >= 0)
      return row[static_cast<std::size_t>(middle + k)];
  }
  return 0;
}

core::Result<SignalFile> read_signal(const std::string& path, std::initializer_list<std::string_view> names,
                                     std::optional<double> rate_hz, double least_hz) {
  auto file = datasets::read_numbers(path);
  if (!file) return file.error();
  if (const auto above = rate_above_values(*file)) {
    if (!rate_hz) rate_hz = above;
    for (auto& column : file->columns)
      std::fill_n(column.values.begin(), 2, std::numeric_limits<double>::quiet_NaN());
  }
  if (!rate_hz) rate_hz = file->stated("rate_hz");
  if (!rate_hz) rate_hz = rate_in_name(path);
  const auto columns = choose(*file, names, rate_hz);
  if (columns.signal == nullptr) return core::bad_input(path + ": holds no numbers");
  if (auto checked = file->check(*columns.signal); !checked) return checked.error();
  SignalFile out;
  out.rows = file->rows();
  out.notes = file->notes;
  datasets::SampleGrid grid;
  if (columns.time != nullptr) {
    if (auto checked = file->check(*columns.time); !checked) return checked.error();
    auto stamps = columns.time->values;
    for (auto& stamp : stamps) stamp *= columns.time_scale;
    auto placed = datasets::grid_of_stamps(stamps, columns.signal->values, rate_hz);
    if (!placed) return placed.error().within(path);
    grid = std::move(*placed);
  } else if (rate_hz) {
    grid = datasets::even_grid(out.rows, *rate_hz);
  } else {
    return core::bad_input(path + ": has no time stamps and names no rate: give --rate HZ");
  }
  if (!(grid.rate_hz >= least_hz && grid.rate_hz <= highest_hz)) {
    return core::bad_input(path + ": samples at " + std::to_string(grid.rate_hz) + " Hz; this needs " +
                           std::to_string(static_cast<int>(least_hz)) + " to " +
                           std::to_string(static_cast<int>(highest_hz)));
  }
  out.rate_hz = grid.rate_hz;
  out.notes.insert(out.notes.end(), grid.notes.begin(), grid.notes.end());
  for (const auto row : grid.rows_by_slot()) {
    out.row.push_back(row);
    out.values.push_back(row >= 0 ? columns.signal->values[static_cast<std::size_t>(row)]
                                  : std::numeric_limits<double>::quiet_NaN());
  }
  return out;
}

}  // namespace attune::cli
