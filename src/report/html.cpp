#include "report/html.hpp"

#include <sodium.h>
#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <ctime>

namespace attune::report {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the well-formed character of UTF-8 at the beginning of `text`, 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || length > text.size()) return 0;
  std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = (code << 6) | (byte(i) & 0x3FU);
  }
  const bool too_long = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool forbidden =
      (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF || code == 0xFFFE || code == 0xFFFF;
  const bool control = code < 0x20 && code != '\n' && code != '\t';
  return too_long || forbidden || control ? 0 : length;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto length = character_length(text);
    if (length == 0) {
      out += replacement;
      text.remove_prefix(1);
      continue;
    }
    switch (text.front()) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string both(std::string_view english, std::string_view chinese) {
  if (chinese.empty() || chinese == english) return escaped(english);
  if (english.empty()) return fmt::format("<span lang=\"zh\">{}</span>", escaped(chinese));
  return fmt::format("{} <span class=\"zh\" lang=\"zh\">{}</span>", escaped(english), escaped(chinese));
}

std::string heading(std::string_view english, std::string_view chinese) {
  return fmt::format("<h2>{}</h2>\n", both(english, chinese));
}

std::string clock_text(double seconds) {
  const auto whole = std::llround(std::max(seconds, 0.0));
  const auto hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
  return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, rest)
                   : fmt::format("{}:{:02}", minutes, rest);
}

std::string span_text(double seconds) {
  if (seconds <= 0.0) return "0 s";
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole % 60 == 0) return fmt::format("{} min", whole / 60);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string date_text(std::int64_t unix_ns) {
  if (unix_ns == 0) return {};
  const auto seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
  std::tm time{};
  if (::gmtime_r(&seconds, &time) == nullptr) return {};
  return fmt::format("{}-{:02}-{:02} {:02}:{:02} UTC", 1900 + time.tm_year, 1 + time.tm_mon, time.tm_mday,
                     time.tm_hour, time.tm_min);
}

std::string percent(double share) {
  if (share > 0.0 && share < 0.005) return "under 1 %";
  if (share < 1.0 && share > 0.995) return "over 99 %";
  return fmt::format("{:.0f} %", 100.0 * share);
}

std::string signed_text(double value) {
  const auto size = fmt::format("{:.2f}", std::abs(value));
  if (size == "0.00") return size;
  return fmt::format("{}{}", value < 0.0 ? "−" : "+", size);
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminating zero
  return out;
}

}  // namespace attune::report
