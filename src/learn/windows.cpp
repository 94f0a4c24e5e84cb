#include "attune/learn/windows.hpp"

#include <algorithm>

#include "attune/state/feature_extractor.hpp"

namespace attune::learn {

double window_s() {
  float longest = 0.0F;
  for (const auto& feature : state::feature_table) longest = std::max(longest, feature.window_s);
  return static_cast<double>(longest);
}

std::vector<state::Features> equal_windows(std::span<const telemetry::Frame> frames, std::size_t count) {
  std::vector<state::Features> windows;
  if (frames.empty() || frames.back().time.seconds() < window_s()) return windows;
  const double last_s = frames.back().time.seconds();
  const auto end_of = [&](std::size_t window) {
    const double share = count > 1 ? static_cast<double>(window) / static_cast<double>(count - 1) : 1.0;
    return window_s() + share * (last_s - window_s());
  };
  state::FeatureExtractor extractor;
  for (const auto& frame : frames) {
    extractor.push(frame);
    while (windows.size() < count && frame.time.seconds() >= end_of(windows.size()) - 1e-9) {
      windows.push_back(extractor.current());
    }
  }
  return windows;
}

}  // namespace attune::learn
