#pragma once

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string_view>

namespace attune::session {

/// A sentence that is put together piece by piece in place, without the heap; what does not fit is cut off.
/// As long as an event of a recording can be.
class FixedText {
 public:
  [[gnu::format(printf, 2, 3)]] void add(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int written = std::vsnprintf(text_.data() + size_, text_.size() - size_, format, arguments);
    va_end(arguments);
    size_ += std::min(static_cast<std::size_t>(std::max(written, 0)), text_.size() - 1 - size_);
  }
  void add_text(std::string_view text) { add("%.*s", static_cast<int>(text.size()), text.data()); }
  [[nodiscard]] std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 481> text_{};
  std::size_t size_ = 0;
};

}  // namespace attune::session
