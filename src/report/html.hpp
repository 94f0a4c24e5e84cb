#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Small pieces of the page. The page is well-formed as XML too, so that any tool can check and read it.
namespace attune::report {

/// Text as it may stand in an element or an attribute; control characters and broken UTF-8 become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// English with Chinese beside it.
[[nodiscard]] std::string both(std::string_view english, std::string_view chinese);

/// `<h2>` in both languages.
[[nodiscard]] std::string heading(std::string_view english, std::string_view chinese);

/// 75 → "1:15"; hours where there are some.
[[nodiscard]] std::string clock_text(double seconds);
/// 75 → "1 min 15 s"; below a minute "8 s", below ten seconds "4.2 s".
[[nodiscard]] std::string span_text(double seconds);
/// "2026-11-25 09:12 UTC"; empty for 0.
[[nodiscard]] std::string date_text(std::int64_t unix_ns);
/// 0.314 → "31 %", and "under 1 %" for what is little
[[nodiscard]] std::string percent(double share);

/// −0.061 → "−0.06" and 0.1 → "+0.10", with a minus as wide as the plus
[[nodiscard]] std::string signed_text(double value);

[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace attune::report
