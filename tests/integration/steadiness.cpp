#include "integration/steadiness.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "attune/treatment/governor.hpp"

namespace attune::test {

namespace {

using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;
namespace limits = treatment::absolute;

constexpr float rounding = 2e-6F;
/// Evidence comes every 250 ms; a fault may move which evidence that is, and so its weight, but not more.
constexpr float belief_factor = 2.0F;
constexpr int turns_by_chance = 2;
constexpr double longest_frame_s = 0.5;
constexpr double holes_named_every_s = 1.0;  // the recording is not filled by a machine that is always late
/// Frames by which session time may run ahead (a made-up step is no longer than one), and fall behind.
constexpr double frames_ahead = 1.5, frames_behind = 30.0;

/// What is shown of the exposure changes so much in a frame at most, in each direction.
struct Step {
  float up = 0.0F, down = 0.0F;
};
Step allowed(const record::Moment& before, const record::Moment& after) {
  const double raw_s = core::seconds_between(before.frame.time, after.frame.time);
  const auto dt_s = static_cast<float>(raw_s > limits::frame_gap_s ? 0.0 : raw_s);
  const bool covered = before.decision.directive.fade >= 1.0F;
  return {limits::rise_per_s * dt_s, (covered ? limits::fall_per_s : limits::visible_fall_per_s) * dt_s};
}

/// Largest step of the belief's mean between two frames. What moves it by right: an answer, and the first
/// thing that the monitor ever says.
float largest_belief_step(const FieldRecord& record) {
  std::set<std::int64_t> answers;
  for (const auto& event : record.events) {
    if (event.kind == record::EventKind::question_answered) answers.insert(event.time.ns);
  }
  float largest = 0.0F;
  bool monitored = false;
  for (std::size_t i = 1; i < record.moments.size(); ++i) {
    const auto &before = record.moments[i - 1].decision, &after = record.moments[i].decision;
    const bool first = after.monitor_valid && !std::exchange(monitored, monitored || after.monitor_valid);
    if (answers.count(after.time.ns) == 0 && !first)
      largest = std::max(largest, std::abs(after.x_mean - before.x_mean));
  }
  return largest;
}

int turns_of_attention(const FieldRecord& record) {
  int turns = 0;
  for (std::size_t i = 1; i < record.moments.size(); ++i) {
    const auto &before = record.moments[i - 1].decision, &after = record.moments[i].decision;
    turns += before.engagement_valid && after.engagement_valid && before.engagement != after.engagement;
  }
  return turns;
}

/// The hole in time that ends here is named, or one that was named ended so shortly before that this one need
/// not be.
bool is_named(const FieldRecord& record, core::SessionTime time) {
  return std::any_of(record.events.begin(), record.events.end(), [&](const auto& event) {
    const double ago_s = core::seconds_between(event.time, time);
    const auto says = [&](const char* words) { return event.words().find(words) != std::string_view::npos; };
    return ago_s >= 0.0 && ago_s < holes_named_every_s && (says("no frame for") || says("clock leapt"));
  });
}

// Written so that what is no number is not possible.
bool near_by(const glm::vec3& p) { return glm::dot(p, p) < 1e4F; }
bool unit(float square) { return std::abs(square - 1.0F) < 1e-3F; }
bool share(float value) { return value >= 0.0F && value <= 1.0F; }

bool possible(const telemetry::Pose& pose) {
  return (!pose.position_valid || near_by(pose.position_m)) &&
         (!pose.orientation_valid || unit(glm::dot(pose.orientation, pose.orientation)));
}
bool possible(const telemetry::HandSample& hand) {
  return possible(hand.grip) && possible(hand.aim) && share(hand.trigger) && share(hand.squeeze);
}
bool possible(const telemetry::GazeSample& gaze, core::SessionTime now) {
  return gaze.source == telemetry::GazeSource::none ||
         (unit(glm::dot(gaze.direction, gaze.direction)) && near_by(gaze.origin_m) && gaze.time <= now);
}

}  // namespace

AssertionResult exposure_is_steady(const FieldRecord& record) {
  for (std::size_t i = 1; i < record.moments.size(); ++i) {
    const auto &before = record.moments[i - 1], &after = record.moments[i];
    if (after.decision.directive.stimulus_hidden) continue;  // the calm garden: nothing is exposed
    const float change = after.decision.directive.intensity - before.decision.directive.intensity;
    const auto most = allowed(before, after);
    if (!(change <= most.up + rounding && change >= -most.down - rounding))
      return AssertionFailure() << "exposure changes by " << change << " at frame " << i;
  }
  return AssertionSuccess();
}

AssertionResult belief_is_steady(const FieldRecord& record) {
  const float usual = largest_belief_step(undisturbed()), here = largest_belief_step(record);
  if (usual <= 0.0F) return AssertionFailure() << "a belief that never moves shows nothing";
  if (here <= belief_factor * usual) return AssertionSuccess();
  return AssertionFailure() << "the belief's mean makes a step of " << here << ", else of " << usual;
}

AssertionResult attention_is_steady(const FieldRecord& record) {
  const int usual = turns_of_attention(undisturbed()), here = turns_of_attention(record);
  if (here <= usual + turns_by_chance) return AssertionSuccess();
  return AssertionFailure() << "attention turns " << here << " times, else " << usual;
}

AssertionResult time_goes_forward(const FieldRecord& record) {
  for (std::size_t i = 1; i < record.moments.size(); ++i) {
    const auto now = record.moments[i].frame.time;
    const double step_s = core::seconds_between(record.moments[i - 1].frame.time, now);
    const bool hole = step_s > longest_frame_s;
    if (!(step_s > 0.0) || (hole && !is_named(record, now)))
      return AssertionFailure() << "a step of " << step_s << " s at frame " << i;
  }
  for (std::size_t i = 1; i < record.events.size(); ++i) {
    if (record.events[i].time < record.events[i - 1].time)
      return AssertionFailure() << "too late in its stream: " << record.events[i].words();
  }
  return AssertionSuccess();
}

AssertionResult time_is_that_of_the_frames(const FieldRecord& record) {
  for (const auto& moment : record.moments) {
    const double ahead =
        moment.frame.time.seconds() * patient_rate_hz - static_cast<double>(moment.frame.index);
    if (!(ahead <= frames_ahead && ahead >= -frames_behind))
      return AssertionFailure() << ahead << " frames ahead at frame " << moment.frame.index;
  }
  return AssertionSuccess();
}

AssertionResult poses_are_possible(const FieldRecord& record) {
  for (const auto& moment : record.moments) {
    const auto& frame = moment.frame;
    if (!possible(frame.head) || !possible(frame.hands[0]) || !possible(frame.hands[1]) ||
        !possible(frame.gaze, frame.time))
      return AssertionFailure() << "head, hand or gaze that cannot be at frame " << frame.index;
  }
  return AssertionSuccess();
}

}  // namespace attune::test
