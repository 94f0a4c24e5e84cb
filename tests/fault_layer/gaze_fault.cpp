#include "fault_layer/gaze_fault.hpp"

#include <limits>

namespace attune::fault_layer {

namespace {
constexpr XrTime slow_period_ns = 33'333'333;
constexpr XrTime ahead_ns = 500'000'000;
}  // namespace

bool GazeFault::apply(const Fault& fault, long frame, XrTime time, XrSpaceLocation& location,
                      XrTime& sampled) {
  const auto how = fault.value(0);
  if (how == "future") sampled = time + ahead_ns;
  if (how == "zero") sampled = 0;
  if (how == "absurd") sampled = std::numeric_limits<XrTime>::max();
  if (how != "stale" && how != "twice" && how != "slow") return how != "absent";

  const long number = how == "stale"   ? 0
                      : how == "twice" ? frame / 2
                                       : static_cast<long>(time / slow_period_ns);
  if (!held_ || held_->number != number) held_ = {number, location, sampled};
  location.locationFlags = held_->location.locationFlags;
  location.pose = held_->location.pose;
  sampled = held_->time;
  return true;
}

}  // namespace attune::fault_layer
