#include "session/control/line_splitter.hpp"

namespace attune::session::control {

void LineSplitter::push(std::string_view bytes, const std::function<void(std::string_view)>& line,
                        const std::function<void()>& too_long) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const auto part = bytes.substr(0, end);
    if (!passing_over_ && open_.size() + part.size() > longest_) {
      passing_over_ = true;
      open_.clear();
      too_long();
    }
    if (!passing_over_) open_ += part;
    if (end == std::string_view::npos) return;
    if (!open_.empty() && open_.back() == '\r') open_.pop_back();
    if (!open_.empty()) line(open_);
    open_.clear();
    passing_over_ = false;
    bytes.remove_prefix(end + 1);
  }
}

}  // namespace attune::session::control
