#include "datasets/assemble.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <glm/geometric.hpp>
#include <map>

#include "attune/datasets/frame_of_reference.hpp"
#include "datasets/roles.hpp"

namespace attune::datasets {

namespace {

constexpr std::int64_t matching_ns = 50'000'000;  // about three rows: further away is another moment
constexpr std::int64_t held_ns = 250'000'000;     // live tracking jitters in the last digit at every row
constexpr std::int64_t press_ns = 100'000'000;    // the logs give only the instant of a press
constexpr float hit_extent_m = 0.05F;
constexpr float nearest_hit_m = 0.05F;  // nearer ones hit the wearer's own body, and their direction is noise

/// Walks a log beside increasing instants.
template <typename Row>
class Nearest {
 public:
  explicit Nearest(const std::vector<Row>& rows) : rows_(&rows) {}
  /// The index of the row nearest to `ns`, or −1 without one within `matching_ns`.
  std::ptrdiff_t at(std::int64_t ns) {
    const auto& rows = *rows_;
    while (at_ + 1 < rows.size() && std::abs(rows[at_ + 1].ns - ns) <= std::abs(rows[at_].ns - ns)) ++at_;
    if (rows.empty() || std::abs(rows[at_].ns - ns) > matching_ns) return -1;
    return static_cast<std::ptrdiff_t>(at_);
  }

 private:
  const std::vector<Row>* rows_;
  std::size_t at_ = 0;
};

/// For every row, whether it is measured: a pose that stays the same to the last digit for `held_ns` is held.
std::vector<bool> tracked_rows(const std::vector<PoseRow>& rows) {
  std::vector<bool> tracked(rows.size(), true);
  for (std::size_t first = 0; first < rows.size();) {
    auto last = first;
    while (last + 1 < rows.size() && rows[last + 1].position_m == rows[first].position_m &&
           rows[last + 1].euler_deg == rows[first].euler_deg) {
      ++last;
    }
    if (rows[last].ns - rows[first].ns >= held_ns) {
      for (auto i = first; i <= last; ++i) tracked[i] = false;
    }
    first = last + 1;
  }
  return tracked;
}

telemetry::Pose pose_of(const PoseRow& row, bool tracked) {
  telemetry::Pose pose;
  pose.position_m = from_unity_position(row.position_m);
  pose.orientation = from_unity_euler(row.euler_deg);
  pose.position_valid = pose.orientation_valid = true;
  pose.tracked = tracked;
  return pose;
}

/// A pose log with what is known of its rows.
class PoseLog {
 public:
  explicit PoseLog(const std::vector<PoseRow>& rows)
      : rows_(&rows), tracked_(tracked_rows(rows)), nearest_(rows) {}
  telemetry::Pose at(std::int64_t ns) {
    const auto row = nearest_.at(ns);
    return row < 0 ? telemetry::Pose{} : at_row(static_cast<std::size_t>(row));
  }
  [[nodiscard]] telemetry::Pose at_row(std::size_t row) const {
    return pose_of((*rows_)[row], tracked_[row]);
  }

 private:
  const std::vector<PoseRow>* rows_;
  std::vector<bool> tracked_;
  Nearest<PoseRow> nearest_;
};

/// Numbers the objects seen, in order of appearance.
class Objects {
 public:
  explicit Objects(std::vector<AoiName>& names) : names_(&names) {}
  const AoiName& of(const std::string& object) {
    const auto [found, is_new] = index_.try_emplace(object, names_->size());
    if (is_new) names_->push_back({static_cast<std::uint16_t>(names_->size() + 1), object, role_of(object)});
    return (*names_)[found->second];
  }

 private:
  std::vector<AoiName>* names_;
  std::map<std::string, std::size_t> index_;
};

std::vector<GrabRow> grabs_with(bool right, const std::vector<GrabRow>& grabs) {
  std::vector<GrabRow> of_hand;
  for (const auto& grab : grabs) {
    if (grab.right == right) of_hand.push_back(grab);
  }
  return of_hand;
}

void look(const GazeRow& row, std::int64_t start_ns, Objects& objects, telemetry::Frame& frame) {
  const auto hit = from_unity_position(row.hit_m);
  const auto way = hit - frame.head.position_m;
  if (glm::length(way) < nearest_hit_m) return;
  frame.gaze.time.ns = std::max<std::int64_t>(0, row.ns - start_ns);
  frame.gaze.origin_m = frame.head.position_m;
  frame.gaze.direction = glm::normalize(way);
  frame.gaze.source = telemetry::GazeSource::eye;
  const auto& object = objects.of(row.object);
  frame.aois.push_back({object.id, object.role, hit, glm::vec3(hit_extent_m)});
}

double median_rate(const std::vector<telemetry::Frame>& frames) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    steps.push_back(core::seconds_between(frames[i - 1].time, frames[i].time));
  }
  if (steps.empty()) return 0.0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return 1.0 / *middle;
}

std::string share(std::size_t part, std::size_t whole) {
  char text[48];
  std::snprintf(text, sizeof text, "%zu of %zu frames (%.1f %%)", part, whole,
                whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0);
  return text;
}

void describe(const std::vector<telemetry::Frame>& frames, std::size_t before_start, Visit& visit) {
  std::size_t no_gaze = 0, held_head = 0, held_left = 0, held_right = 0;
  for (const auto& frame : frames) {
    no_gaze += frame.gaze.source == telemetry::GazeSource::none ? 1U : 0U;
    held_head += frame.head.tracked ? 0U : 1U;
    held_left += frame.hands[telemetry::left].grip.tracked ? 0U : 1U;
    held_right += frame.hands[telemetry::right].grip.tracked ? 0U : 1U;
  }
  const auto say = [&](std::size_t count, const std::string& what) {
    if (count > 0) visit.notes.push_back(share(count, frames.size()) + " " + what);
  };
  if (before_start > 0)
    visit.notes.push_back(std::to_string(before_start) + " rows before the start are left out");
  say(no_gaze, "have no gaze: no object was hit, or only the wearer's own body");
  say(held_head, "have a head that is held, not tracked");
  say(held_left, "have a left hand that is missing, or held, not tracked");
  say(held_right, "have a right hand that is missing, or held, not tracked");
}

}  // namespace

void assemble(const VisitLogs& logs, Visit& visit) {
  // The game's clock stands at 0 while the wearer finds the way in, and before tracking starts.
  const auto first =
      std::find_if(logs.head.begin(), logs.head.end(), [](const auto& row) { return row.game_s > 0; });
  const auto skipped = static_cast<std::size_t>(first - logs.head.begin());
  const PoseLog head(logs.head);
  PoseLog left(logs.left), right(logs.right);
  Nearest gaze(logs.gaze);
  const std::array<std::vector<GrabRow>, 2> grabs_of{grabs_with(false, logs.grabs),
                                                     grabs_with(true, logs.grabs)};
  std::array grabs{Nearest(grabs_of[telemetry::left]), Nearest(grabs_of[telemetry::right])};
  Objects objects(visit.aois);
  std::size_t next_button = 0;
  for (auto i = skipped; i < logs.head.size(); ++i) {
    const auto ns = logs.head[i].ns, start = first->ns;
    telemetry::Frame frame;
    frame.index = i - skipped;
    frame.time.ns = ns - start;
    frame.headset = {.running = true, .visible = true, .focused = true, .worn = true};
    frame.head = head.at_row(i);
    frame.hands[telemetry::left].grip = left.at(ns);
    frame.hands[telemetry::right].grip = right.at(ns);
    if (const auto row = gaze.at(ns); row >= 0)
      look(logs.gaze[static_cast<std::size_t>(row)], start, objects, frame);
    while (next_button < logs.buttons.size() && logs.buttons[next_button].ns + press_ns < ns) ++next_button;
    if (next_button < logs.buttons.size() && logs.buttons[next_button].ns <= ns) {
      frame.hands[telemetry::right].buttons = telemetry::button_select;
      frame.hands[telemetry::right].trigger = 1.0F;
    }
    for (std::size_t side = 0; side < frame.hands.size(); ++side) {
      auto& hand = frame.hands[side];
      if (grabs[side].at(ns) >= 0) hand.squeeze = 1.0F;
      hand.aim = hand.grip;
      hand.active = hand.grip.valid();
    }
    visit.frames.push_back(frame);
  }
  visit.rate_hz = median_rate(visit.frames);
  describe(visit.frames, skipped, visit);
}

}  // namespace attune::datasets
