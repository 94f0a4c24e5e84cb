#include "sensors/source.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

namespace attune::sensors {

namespace {
constexpr std::size_t most_unread = 8;
}

void Source::say(Progress progress, const std::string& state) {
  const std::lock_guard lock(mutex_);
  if (status_.state == state && status_.progress == progress) return;
  status_.progress = progress;
  status_.state = state;
  if (progress == Progress::failing)
    spdlog::warn("sensors: {}: {}", status_.name, state);
  else
    spdlog::info("sensors: {}: {}", status_.name, state);
}

void Source::heard_unread(const std::string& what) {
  const std::lock_guard lock(mutex_);
  auto& unread = status_.unread;
  if (unread.size() >= most_unread || std::find(unread.begin(), unread.end(), what) != unread.end()) return;
  unread.push_back(what);
}

std::int64_t monotonic_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace attune::sensors
