#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "attune/record/recording.hpp"
#include "report/guide_following.hpp"
#include "report/looking.hpp"
#include "report/pupil.hpp"

/// A recording boiled down to what a page can show. Times are seconds of the session.
namespace attune::report {

/// Some part of a second of the session, averaged.
struct CoursePoint {
  double time_s = 0.0;
  bool known = false;   ///< false: no decision in this time
  double state = 0.0;   ///< the belief's mean of anxiety, 0..1
  double spread = 0.0;  ///< its standard deviation
  double asked = 0.0;   ///< intensity the controller asked for, 0..1
  double given = 0.0;   ///< intensity the governor let through, 0..1
};

/// Time spent in one phase, as it came.
struct PhaseSpan {
  std::uint16_t phase = 0;
  double from_s = 0.0, to_s = 0.0;
};

struct Answer {
  double time_s = 0.0;
  telemetry::ReportKind kind = telemetry::ReportKind::none;
  double value = 0.0;  ///< in the unit of its kind
};

/// How long the stimulus was shown, and how strongly.
struct Dose {
  double shown_s = 0.0;         ///< intensity of at least `shown_from`, neither hidden nor in the safe place
  double mean_intensity = 0.0;  ///< over that time
  double highest_intensity = 0.0;
  double above_ceiling_s = 0.0;        ///< estimate above 85 of 100
  double guide_s = 0.0;                ///< breathing guide shown
  std::array<double, 5> by_fifth_s{};  ///< of the time shown: intensity 0–20 %, 20–40 %, …
  static constexpr double shown_from = 0.05;
};

struct StepTime {
  std::uint16_t step = 0;
  double seconds = 0.0;  ///< with the stimulus shown
};

/// How much a feature moved the estimate over the session.
struct FeatureEffect {
  std::uint16_t feature = 0;
  double mean_size = 0.0;   ///< mean of |effect| over all snapshots, of x in 0..1
  double mean = 0.0;        ///< mean of the signed effect
  double up_share = 0.0;    ///< share of its appearances that raised the estimate
  double mean_value = 0.0;  ///< of the feature itself in those, in its own unit
};

struct Quality {
  std::uint64_t frames = 0;
  double observed_s = 0.0;  ///< time covered by frames
  double rate_hz = 0.0;     ///< median
  double head_tracked_s = 0.0, eye_gaze_s = 0.0, head_gaze_s = 0.0, interpolated_s = 0.0, hands_s = 0.0;
  double not_worn_s = 0.0, not_focused_s = 0.0;
  std::array<double, 6> vitals_s{};  ///< heart rate, RR, breathing, phase, skin conductance, temperature
  int recentred = 0;
  double samples_lost = 0.0;  ///< that the recorder could not keep
};

struct Digest {
  double duration_s = 0.0;
  std::uint64_t decisions = 0;
  std::vector<CoursePoint> course;
  double course_step_s = 0.5;
  std::vector<PhaseSpan> phases;
  std::vector<StepTime> steps;
  std::vector<Answer> answers;
  std::array<bool, telemetry::report_kind_count> asked{};  ///< by `telemetry::ReportKind`: a question was put
  Dose dose;
  LookingFigures looking;
  PupilFigures pupil;
  std::vector<VitalsPart> vitals;  ///< by phase; empty where nothing was measured
  GuideFigures guide;
  std::vector<FeatureEffect> effects;  ///< strongest first
  std::size_t snapshots = 0;
  double report_share = 0.0;  ///< at the end: of the information about the state, from self-reports
  std::vector<record::Event> events;
  Quality quality;

  /// The answers of one kind, in the order of time.
  [[nodiscard]] std::vector<Answer> answers_of(telemetry::ReportKind kind) const;
  /// Whether a question of that kind was put.
  [[nodiscard]] bool was_asked(telemetry::ReportKind kind) const {
    return asked[static_cast<std::size_t>(kind)];
  }
};

/// Errors: the recording changed while it was read.
[[nodiscard]] core::Result<Digest> digest(const record::Recording& recording);

}  // namespace attune::report
