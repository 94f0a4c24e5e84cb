#include "learn/trial_file.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>

#include "attune/core/files.hpp"

namespace attune::learn {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t columns_before = 6;  // trial and settings

std::string head_of(std::size_t networks) {
  std::string head = "trial,epochs,batch,learning_rate,weight_decay,drop_group";
  for (std::size_t i = 0; i < networks; ++i) {
    const auto name = i == 0 ? std::string("kept") : std::string("judged").append(std::to_string(i));
    head.append(",").append(name).append("_error,").append(name).append("_epoch");
  }
  return head.append(",search\n");
}

/// A row under way. Numbers have as many digits as it takes to read the same again.
class Row {
 public:
  template <typename Number>
  Row& operator<<(Number number) {
    std::array<char, 40> digits{};
    const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text_.append(digits.data(), static_cast<std::size_t>(end - digits.data())).push_back(',');
    return *this;
  }
  [[nodiscard]] std::string ended_by(const std::string& last) const { return text_ + last + "\n"; }

 private:
  std::string text_;
};

std::string row_of(std::size_t number, const Trial& trial, const std::string& search) {
  const auto& settings = trial.settings;
  Row row;
  row << number << settings.epochs << settings.batch << settings.learning_rate << settings.weight_decay
      << settings.drop_group;
  for (std::size_t i = 0; i < trial.errors.size(); ++i) row << trial.errors[i] << trial.epochs[i];
  return row.ended_by(search);
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const auto comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

template <typename Number>
bool parse(std::string_view cell, Number& number) {
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return result.ec == std::errc() && result.ptr == cell.data() + cell.size();
}

bool parse(const std::vector<std::string_view>& cells, Trial& trial) {
  auto& settings = trial.settings;
  bool good = parse(cells[1], settings.epochs) && parse(cells[2], settings.batch) &&
              parse(cells[3], settings.learning_rate) && parse(cells[4], settings.weight_decay) &&
              parse(cells[5], settings.drop_group);
  for (std::size_t i = 0; i < trial.errors.size(); ++i) {
    good = good && parse(cells[columns_before + 2 * i], trial.errors[i]) &&
           parse(cells[columns_before + 2 * i + 1], trial.epochs[i]);
  }
  return good;
}

}  // namespace

TrialFile::TrialFile(fs::path path, std::string search, std::size_t networks)
    : path_(std::move(path)), search_(std::move(search)), networks_(networks) {}

core::Result<TrialFile> TrialFile::open(const fs::path& path, const std::string& search,
                                        std::size_t networks) {
  TrialFile file(path, search, networks);
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    const auto text = core::read_text(path);
    if (!text) return text.error();
    if (auto read = file.read(*text); !read) return read.error();
  }
  // Without the row that was cut short, so that the next one begins a line.
  std::string whole = head_of(networks);
  for (std::size_t i = 0; i < file.trials_.size(); ++i) whole += row_of(i, file.trials_[i], search);
  if (auto written = core::write_whole(path, whole); !written) return written.error();
  return file;
}

core::Result<void> TrialFile::read(const std::string& text) {
  std::size_t row = 0;
  for (std::size_t from = 0; from < text.size(); ++row) {
    const auto end = text.find('\n', from);
    if (end == std::string::npos) return {};
    const auto line = std::string_view(text).substr(from, end - from);
    from = end + 1;
    const auto name = path_.string() + ":" + std::to_string(row + 1) + ": ";
    if (row == 0) {
      if (std::string(line) + "\n" != head_of(networks_))
        return core::bad_input(name + "is no list of trials");
      continue;
    }
    const auto cells = cells_of(line);
    Trial trial{{}, std::vector<double>(networks_), std::vector<std::size_t>(networks_)};
    std::size_t number = 0;
    if (cells.size() != columns_before + 2 * networks_ + 1 || !parse(cells[0], number) ||
        number != trials_.size() || !parse(cells, trial))
      return core::bad_input(name + "is no trial");
    if (cells.back() != search_)
      return core::bad_input(name + "is of other data or options; name another file or remove this one");
    trials_.push_back(std::move(trial));
  }
  return {};
}

core::Result<void> TrialFile::append(const Trial& trial) {
  std::ofstream file(path_, std::ios::app | std::ios::binary);
  file << row_of(trials_.size(), trial, search_) << std::flush;
  if (!file) return core::bad_input(path_.string() + ": cannot be written");
  trials_.push_back(trial);
  return {};
}

}  // namespace attune::learn
