#include "fault_layer/time_lie.hpp"

#include <cmath>
#include <limits>

namespace attune::fault_layer {

namespace {

/// Sums and differences go no further than the ends of 64 bits.
XrTime sum(XrTime a, XrTime b) {
  XrTime result = 0;
  if (!__builtin_add_overflow(a, b, &result)) return result;
  return b > 0 ? std::numeric_limits<XrTime>::max() : std::numeric_limits<XrTime>::min();
}
XrTime difference(XrTime a, XrTime b) {
  XrTime result = 0;
  if (!__builtin_sub_overflow(a, b, &result)) return result;
  return b < 0 ? std::numeric_limits<XrTime>::max() : std::numeric_limits<XrTime>::min();
}

double distance(XrTime a, XrTime b) { return std::abs(static_cast<double>(a) - static_cast<double>(b)); }

}  // namespace

TimeLie::TimeLie(const Plan& plan) : lies_(plan.any("time") != nullptr || plan.any("leap") != nullptr) {}

std::vector<const char*> TimeLie::tell(const Plan& plan, long frame, XrFrameState& state) {
  std::vector<const char*> lies;
  Told now{state.predictedDisplayTime, state.predictedDisplayTime};
  if (const auto* leap = plan.find("leap", frame)) {
    lies.push_back("leap");
    now.told = sum(now.told, leap->number(0, 0) * 1'000'000'000);
  }
  if (const auto* time = plan.find("time", frame)) {
    lies.push_back("time");
    now.told = time->value(0) == "repeat" ? newest_.told : time->number(0, 0);
  }
  if (const auto* period = plan.find("period", frame)) {
    lies.push_back("period");
    state.predictedDisplayPeriod = period->number(0, 0);
  }
  newest_ = now;
  told_[count_++ % told_.size()] = now;
  state.predictedDisplayTime = now.told;
  return lies;
}

XrTime TimeLie::true_time(XrTime told) const {
  if (!lies_ || count_ == 0) return told;
  const Told* nearest = &newest_;
  for (std::size_t age = 0; age < std::min(count_, told_.size()); ++age) {
    const auto& candidate = told_[(count_ - 1 - age) % told_.size()];
    if (distance(candidate.told, told) < distance(nearest->told, told)) nearest = &candidate;
  }
  return sum(nearest->truth, difference(told, nearest->told));
}

XrTime TimeLie::told_time(XrTime truth) const {
  return lies_ ? sum(newest_.told, difference(truth, newest_.truth)) : truth;
}

}  // namespace attune::fault_layer
