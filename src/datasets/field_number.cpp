#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "attune/datasets/number_file.hpp"

namespace attune::datasets {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

bool stands_for_unknown(std::string_view cell) {
  static constexpr std::array<std::string_view, 18> words{
      "",   "nan", "na", "n/a", "#n/a", "null", "none",    "nil",       "-",
      "--", "?",   ".",  "inf", "+inf", "-inf", "missing", "undefined", "-nan"};
  std::array<char, 10> lower{};
  if (cell.size() >= lower.size()) return false;
  for (std::size_t i = 0; i < cell.size() && i < lower.size(); ++i) {
    const char c = cell[i];
    lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return std::find(words.begin(), words.end(), std::string_view(lower.data(), cell.size())) != words.end();
}

std::optional<double> plain(std::string_view cell) {
  if (cell.starts_with('+')) cell.remove_prefix(1);
  if (cell.empty()) return std::nullopt;
  double value = 0;
  const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (end != cell.data() + cell.size() || problem == std::errc::invalid_argument) return std::nullopt;
  return problem == std::errc() && std::isfinite(value) ? value : unknown;
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Hinnant's days_from_civil).
double days_since_epoch(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = year / 400, of_era = year - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
  return static_cast<double>(era) * 146097.0 + days - 719468;
}

/// "YYYY-MM-DD" in seconds.
std::optional<double> date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = plain(text.substr(0, 4)), month = plain(text.substr(5, 2)),
             day = plain(text.substr(8, 2));
  if (!year || !month || !day || !(*year >= 1 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31))
    return std::nullopt;
  return 86400.0 *
         days_since_epoch(static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day));
}

/// "h:mm:ss.s" or "m:ss.s", perhaps after a date, in seconds.
std::optional<double> clock(std::string_view text) {
  double before = 0;
  if (const auto divided = text.find_first_of(" T"); divided != std::string_view::npos) {
    const auto days = date(text.substr(0, divided));
    if (!days) return std::nullopt;
    before = *days;
    text.remove_prefix(divided + 1);
    if (text.ends_with('Z')) text.remove_suffix(1);
  }
  double seconds = 0;
  for (int parts = 0; parts < 3; ++parts) {
    const auto colon = text.find(':');
    const auto value = plain(text.substr(0, colon));
    if (!value || !(*value >= 0)) return std::nullopt;
    seconds = 60 * seconds + *value;
    if (colon == std::string_view::npos) return parts > 0 ? std::optional(before + seconds) : std::nullopt;
    text.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> field_number(std::string_view cell, bool decimal_comma) {
  std::array<char, 48> changed{};
  if (decimal_comma && cell.size() <= changed.size() && cell.find(',') != std::string_view::npos) {
    std::replace_copy(cell.begin(), cell.end(), changed.begin(), ',', '.');
    cell = {changed.data(), cell.size()};
  }
  if (const auto value = plain(cell)) return value;
  if (stands_for_unknown(cell)) return unknown;
  return cell.find(':') != std::string_view::npos ? clock(cell) : std::nullopt;
}

}  // namespace attune::datasets
