#pragma once

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>
#include <optional>
#include <random>
#include <vector>

#include "attune/record/streams.hpp"
#include "report/looking.hpp"

/// A recording in which every look is known: a script of looks becomes frames at 90 Hz, with the jumps of the
/// eyes between them as long as those of a person, and the tracker's noise.
namespace attune::report::test {

/// Where the eyes are sent.
enum class At : std::uint8_t { nowhere, drop, garden, railing, lost };

struct Look {
  At at = At::nowhere;
  double seconds = 1.0;
  std::uint16_t phase = 2;
  bool in_garden = false;  ///< the calm garden is shown, not the world
  bool still = false;      ///< head and hands do not move
  bool worn = true;
};

struct Making {
  telemetry::GazeSource source = telemetry::GazeSource::eye;
  bool decided = true;  ///< a session; otherwise a foreign recording, which names only what is met
  double noise_deg = 0.05;
  double lag_s = 0.02;  ///< of the eyes behind their frame
  double rate_hz = 90.0;
};

inline constexpr std::uint16_t id_drop = 1, id_garden = 2, id_railing = 3, id_never = 4;

/// Yaw (right) and pitch (up) in degrees of the middle of each place; all 20° or more apart.
inline glm::dvec2 place_deg(At at) {
  switch (at) {
    case At::drop:
      return {-20.0, 0.0};
    case At::garden:
      return {20.0, 0.0};
    case At::railing:
      return {0.0, 15.0};
    case At::nowhere:
    case At::lost:
      break;
  }
  return {0.0, -25.0};
}

inline std::optional<std::uint16_t> area_of(At at) {
  switch (at) {
    case At::drop:
      return id_drop;
    case At::garden:
      return id_garden;
    case At::railing:
      return id_railing;
    case At::nowhere:
    case At::lost:
      break;
  }
  return std::nullopt;
}

inline glm::vec3 direction_of(glm::dvec2 deg) {
  const double yaw = glm::radians(deg.x), pitch = glm::radians(deg.y);
  return {static_cast<float>(std::sin(yaw) * std::cos(pitch)), static_cast<float>(std::sin(pitch)),
          static_cast<float>(-std::cos(yaw) * std::cos(pitch))};
}

inline double angle_between_deg(At a, At b) {
  return glm::degrees(
      static_cast<double>(std::acos(glm::dot(direction_of(place_deg(a)), direction_of(place_deg(b))))));
}

/// The boxes of the scene, 5 m away and half a metre wide (6° with the eye's own reach).
inline telemetry::AoiShape shape(std::uint16_t id, telemetry::AoiRole role, glm::dvec2 deg, glm::vec3 eye_m) {
  return {id, role, eye_m + 5.0F * direction_of(deg), glm::vec3(0.25F)};
}

class MadeLooks {
 public:
  explicit MadeLooks(Making making = {}) : making_(making) {}

  /// The frames of the script, one after another.
  std::vector<record::Moment> make(const std::vector<Look>& script) {
    std::vector<record::Moment> moments;
    for (std::size_t i = 0; i < script.size(); ++i) {
      const auto& look = script[i];
      const auto frames = std::lround(look.seconds * making_.rate_hz);
      for (long frame = 0; frame < frames; ++frame)
        moments.push_back(moment(look, static_cast<double>(frame) / making_.rate_hz));
      if (look.at != At::lost) from_ = place_deg(look.at);
    }
    return moments;
  }

 private:
  /// Where the gaze is so long after a look began: a jump lasts 21 ms and 2.2 ms a degree (Bahill et al.,
  /// Math Biosci 24, 1975).
  [[nodiscard]] glm::dvec2 gaze_deg(At at, double since_s) const {
    if (at == At::lost) return from_;
    const auto to = place_deg(at);
    const double jump_s = 0.021 + 0.0022 * glm::length(to - from_);
    const double share = std::clamp(since_s / jump_s, 0.0, 1.0);
    return from_ + (to - from_) * (0.5 - 0.5 * std::cos(share * 3.14159265358979));
  }

  record::Moment moment(const Look& look, double since_s) {
    const double time_s = static_cast<double>(index_) / making_.rate_hz;
    record::Moment made;
    auto& frame = made.frame;
    frame.index = index_++;
    frame.time = core::at_seconds(time_s);
    frame.headset = {true, true, true, look.worn};
    const glm::vec3 eye_m{0.0F, 1.6F, 0.0F};
    frame.head.position_m = eye_m;
    frame.head.position_valid = frame.head.orientation_valid = frame.head.tracked = true;
    // Turns to and fro at up to 12 degrees a second, unless it is still.
    if (!look.still) moved_s_ += 1.0 / making_.rate_hz;
    const auto yaw = static_cast<float>(glm::radians(4.0 * std::sin(3.14159265358979 * moved_s_)));
    frame.head.orientation = glm::angleAxis(yaw, glm::vec3{0.0F, 1.0F, 0.0F});

    using telemetry::AoiRole;
    const auto met = area_of(look.at);
    const auto add = [&](std::uint16_t id, AoiRole role, glm::dvec2 deg) {
      if (making_.decided || met == id) frame.aois.push_back(shape(id, role, deg, eye_m));
    };
    if (!look.in_garden) {
      add(id_drop, AoiRole::threat, place_deg(At::drop));
      add(id_railing, AoiRole::neutral, place_deg(At::railing));
      add(id_never, AoiRole::threat, {70.0, 0.0});
    }
    add(id_garden, AoiRole::calm, place_deg(At::garden));

    auto& gaze = frame.gaze;
    gaze.origin_m = eye_m;
    gaze.time = frame.time;
    if (look.at != At::lost) {
      gaze.source = making_.source;
      gaze.time = core::at_seconds(time_s - making_.lag_s);
      const glm::dvec2 noise{noise_(random_), noise_(random_)};
      gaze.direction = direction_of(gaze_deg(look.at, since_s) + making_.noise_deg * noise);
      gaze.angular_error_rad = 0.017F;
    }

    made.decided = making_.decided;
    if (made.decided) {
      made.decision.frame_index = frame.index;
      made.decision.time = frame.time;
      made.decision.phase = look.phase;
      made.decision.directive.place = look.in_garden ? scene::Place::safe_place : scene::Place::world;
    }
    return made;
  }

  Making making_;
  std::mt19937 random_{11};
  std::normal_distribution<double> noise_;
  std::uint64_t index_ = 0;
  double moved_s_ = 0.0;
  glm::dvec2 from_ = place_deg(At::nowhere);
};

/// The account of moments as the report keeps it.
inline LookingFigures account(const std::vector<record::Moment>& moments) {
  LookingAccount keeping(moments.front().frame.time, moments.back().frame.time);
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const bool more = i + 1 < moments.size();
    keeping.add(moments[i],
                more ? core::seconds_between(moments[i].frame.time, moments[i + 1].frame.time) : 0.0);
  }
  return keeping.finish();
}

inline LookingFigures account(const std::vector<Look>& script, Making making = {}) {
  return account(MadeLooks(making).make(script));
}

}  // namespace attune::report::test
