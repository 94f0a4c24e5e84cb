#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace attune::session::control {

/// Cuts a stream of bytes into lines. A line that is too long is told once, when it becomes so, and passed
/// over up to its end: it never takes more memory than one that is allowed.
class LineSplitter {
 public:
  /// @param longest  bytes of a line without its end
  explicit LineSplitter(std::size_t longest) : longest_(longest) {}

  /// @param line  called with each whole line, without "\n" or "\r\n"; empty ones are left out
  /// @param too_long  called for each line that is
  void push(std::string_view bytes, const std::function<void(std::string_view)>& line,
            const std::function<void()>& too_long);

 private:
  std::size_t longest_;
  std::string open_;
  bool passing_over_ = false;
};

}  // namespace attune::session::control
