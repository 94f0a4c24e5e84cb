#include "attune/learn/windows.hpp"

#include "attune/state/feature_extractor.hpp"

namespace attune::learn {

std::vector<Window> equal_windows(std::span<const telemetry::Frame> frames, std::size_t count) {
  std::vector<Window> windows;
  if (frames.empty() || frames.back().time.seconds() < window_s) return windows;
  const double last_s = frames.back().time.seconds();
  const auto end_of = [&](std::size_t window) {
    const double share = count > 1 ? static_cast<double>(window) / static_cast<double>(count - 1) : 1.0;
    return window_s + share * (last_s - window_s);
  };
  state::FeatureExtractor extractor;
  for (const auto& frame : frames) {
    extractor.push(frame);
    while (windows.size() < count && frame.time.seconds() >= end_of(windows.size()) - 1e-9) {
      windows.push_back({extractor.current(), extractor.own_start()});
    }
  }
  return windows;
}

}  // namespace attune::learn
