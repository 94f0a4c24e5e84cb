#include "attune/datasets/number_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "attune/core/files.hpp"
#include "datasets/field_lines.hpp"

namespace attune::datasets {

namespace {

constexpr std::size_t largest_file = 256U << 20U;

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// The one file that a packed stream holds.
core::Result<std::string> unpack(const std::filesystem::path& file) {
  const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_raw(reader.get());
  const auto damaged = [&] {
    const char* why = archive_error_string(reader.get());
    return core::bad_input(file.string() +
                           ": cannot be unpacked: " + (why != nullptr ? why : "unknown reason"));
  };
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(reader.get(), file.c_str(), 1U << 16U) != ARCHIVE_OK) return damaged();
  if (archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK) return damaged();
  std::string text;
  std::vector<char> buffer(1U << 16U);
  while (const auto got = archive_read_data(reader.get(), buffer.data(), buffer.size())) {
    if (got < 0) return damaged();
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > largest_file) return core::bad_input(file.string() + ": is larger than 256 MiB");
  }
  return text;
}

/// Puts rows into columns as they come.
class Filling {
 public:
  Filling(NumberFile& file, const FieldFormat& format) : file_(file), format_(format) {}

  void add(std::string_view line, int number) {
    split_fields(line, format_, cells_);
    if (file_.lines.empty() && is_header(line)) {
      if (file_.columns.empty()) {
        for (const auto cell : cells_) file_.columns.push_back({std::string(cell), {}, 0, {}});
        header_ = line;
      }
      return;
    }
    if (!header_.empty() && line == header_) {
      file_.notes.push_back(at(number) + "the header comes again; counted as a row without numbers");
      cells_.clear();
    }
    widen();
    for (std::size_t i = 0; i < file_.columns.size(); ++i) put(file_.columns[i], i, number);
    file_.lines.push_back(number);
  }

 private:
  [[nodiscard]] std::string at(int number) const { return file_.name + ":" + std::to_string(number) + ": "; }

  /// Above all numbers: text, and no number in it.
  [[nodiscard]] bool is_header(std::string_view line) const {
    bool text = false;
    for (const auto cell : cells_) {
      const auto value = field_number(cell, format_.decimal_comma);
      if (value && !std::isnan(*value)) return false;
      text = text || !value;
    }
    return text && !line.empty();
  }

  void widen() {
    while (file_.columns.size() < cells_.size()) {
      file_.columns.push_back(
          {{}, std::vector<double>(file_.lines.size(), std::numeric_limits<double>::quiet_NaN()), 0, {}});
    }
  }

  void put(NumberColumn& column, std::size_t i, int number) {
    const auto cell = i < cells_.size() ? cells_[i] : std::string_view();
    const auto value = field_number(cell, format_.decimal_comma);
    if (!value && column.bad_line == 0) {
      column.bad_line = number;
      column.bad_text = cell.substr(0, 40);
    }
    column.values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
  }

  NumberFile& file_;
  FieldFormat format_;
  std::vector<std::string_view> cells_;
  std::string header_;
};

void drop_empty_end(NumberFile& file, std::size_t last_filled_row) {
  file.lines.resize(last_filled_row);
  for (auto& column : file.columns) column.values.resize(last_filled_row);
}

}  // namespace

const NumberColumn* NumberFile::find(std::initializer_list<std::string_view> names) const {
  for (const auto& column : columns) {
    if (std::any_of(names.begin(), names.end(),
                    [&](auto wanted) { return equal_but_for_case(wanted, column.name); })) {
      return &column;
    }
  }
  return nullptr;
}

std::optional<double> NumberFile::stated(std::string_view key) const {
  const auto wanted = std::string(key) + "=";
  for (const std::string_view comment : comments) {
    const auto found = comment.find(wanted);
    if (found == std::string_view::npos) continue;
    const auto from = comment.substr(found + wanted.size());
    const auto value = field_number(from.substr(0, from.find_first_of(" ,;\t")));
    if (value && !std::isnan(*value)) return value;
  }
  return std::nullopt;
}

core::Result<void> NumberFile::check(const NumberColumn& column) const {
  if (column.bad_line == 0) return {};
  const auto which = column.name.empty() ? std::string("a cell") : "column '" + column.name + "'";
  return core::bad_input(name + ":" + std::to_string(column.bad_line) + ": " + which + " is '" +
                         column.bad_text + "', not a number");
}

core::Result<NumberFile> parse_numbers(std::string name, std::string_view text) {
  NumberFile file;
  file.name = std::move(name);
  const auto narrow = without_byte_order_mark(text);
  const FieldFormat format = guess_format(narrow.view());
  Filling filling(file, format);
  FieldLines lines(narrow.view());
  std::size_t filled = 0;
  while (const auto line = lines.next()) {
    if (line->starts_with('#')) {
      file.comments.emplace_back(line->substr(1));
      continue;
    }
    // In a file with one column an empty line is an empty cell.
    if (line->empty() && file.columns.size() != 1) continue;
    filling.add(*line, lines.number());
    if (!line->empty()) filled = file.lines.size();
  }
  drop_empty_end(file, filled);
  if (file.lines.empty()) return core::bad_input(file.name + ": holds no numbers");
  return file;
}

core::Result<NumberFile> read_numbers(const std::filesystem::path& path) {
  const auto extension = path.extension();
  const bool packed = extension == ".xz" || extension == ".gz" || extension == ".bz2" || extension == ".zst";
  std::error_code ignored;
  const auto text = packed && std::filesystem::exists(path, ignored) ? unpack(path) : core::read_text(path);
  if (!text) return text.error();
  return parse_numbers(path.string(), *text);
}

}  // namespace attune::datasets
