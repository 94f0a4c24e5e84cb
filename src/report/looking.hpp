#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "attune/attention/area_ledger.hpp"
#include "attune/attention/engagement.hpp"
#include "attune/attention/gaze_classifier.hpp"
#include "attune/attention/gaze_episodes.hpp"
#include "attune/attention/scan_measures.hpp"
#include "attune/record/streams.hpp"
#include "report/gaze_map.hpp"
#include "report/rests.hpp"
#include "report/stillness.hpp"

/// What was looked at, and how. Only time in the programme's world counts, with the headset worn: the calm
/// garden is another place, where nothing is to be faced.
namespace attune::report {

/// How somebody looked in one part of the session.
struct LookingPart {
  enum class Kind : std::uint8_t { whole, phase, third };
  Kind kind = Kind::whole;
  std::uint16_t number = 0;  ///< of the phase; of the third, from 0, where there are no phases

  double seconds = 0.0;  ///< in the programme's world
  int observations = 0;  ///< quarters of a second in which attention was seen, a target being there
  int on_target = 0;     ///< of these
  double eyes_s = 0.0;   ///< seen by an eye tracker, blinks included
  int fixations = 0;     ///< rests of the eyes on something, or following it (`Rests`)
  int saccades = 0, blinks = 0;
  double fixated_s = 0.0, pursued_s = 0.0;
  double saccades_deg = 0.0;            ///< sum of their amplitudes
  double path_deg = 0.0;                ///< sum of the angles between fixations in a row
  std::optional<double> ambient_focal;  ///< mean K of its fixations; nothing below `ScanMeasures::window`
  int stillnesses = 0;
  double still_s = 0.0;

  /// Shorter looks give no rate.
  static constexpr double least_eyes_s = 10.0;

  [[nodiscard]] std::optional<double> engaged() const;  ///< share of observations on target, 0..1
  /// A count, or degrees, a minute of eyes seen; nothing below `least_eyes_s`.
  [[nodiscard]] std::optional<double> per_minute(double amount) const;
  [[nodiscard]] std::optional<double> mean_fixation_s() const;
  [[nodiscard]] std::optional<double> mean_saccade_deg() const;
  [[nodiscard]] std::optional<double> following() const;  ///< pursuit's share of `eyes_s`, 0..1
};

/// Engagement in one stretch of the session.
struct EngagedPoint {
  double from_s = 0.0, to_s = 0.0;
  int observations = 0, on_target = 0;
};

struct LookingFigures {
  double gaze_s = 0.0;                 ///< direction known, by eye or by head
  double eyes_s = 0.0, head_s = 0.0;   ///< of these
  std::vector<LookingPart> parts;      ///< the whole, then the phases as they came, or three thirds
  attention::AreaLedger areas;         ///< all that were there; those never looked at have no visits
  std::vector<EngagedPoint> engaged;   ///< in order of time, without holes; empty when no target was there
  std::vector<Stillness> stillnesses;  ///< in order of time
  GazeMap map;

  [[nodiscard]] std::vector<attention::AreaRecord> longest_first() const;  ///< areas by their dwell
  [[nodiscard]] const LookingPart& whole() const { return parts.front(); }
  /// The eyes were tracked: fixations, saccades, blinks and all that is made of them is known.
  [[nodiscard]] bool by_eye() const { return eyes_s > head_s; }
};

/// Keeps the account of one recording, frame by frame.
class LookingAccount {
 public:
  LookingAccount(core::SessionTime first, core::SessionTime last);

  /// Takes the next moment, which holds until `dt_s` later.
  void add(const record::Moment& moment, double dt_s);
  [[nodiscard]] LookingFigures finish();

 private:
  struct Met {
    std::int64_t ns = 0;  ///< instant of the gaze
    std::optional<std::uint16_t> area;
  };
  struct Entered {
    std::int64_t ns = 0;
    std::size_t part = 0;  ///< of `out_.parts`
  };

  void enter_part(const record::Moment& moment);
  void leave_world();
  void break_gaze();
  void take_areas(const record::Moment& moment, bool known, double dt_s);
  void take_eyes(const telemetry::Frame& frame);
  void label(std::span<const attention::LabelledGaze> samples);
  void take(const attention::GazeEpisode& episode);
  void take_rest(const attention::GazeEpisode& rest);
  void scan(const attention::GazeEpisode& episode);
  void find_area(const attention::GazeEpisode& fixation);
  void observe(const attention::Engaged& observation);
  void note(const Stillness& stillness);
  /// Applies `change` to the whole and to the part that `time` lies in.
  template <typename Change>
  void each_part(core::SessionTime time, Change change);

  core::SessionTime first_, last_;
  LookingFigures out_;
  std::vector<Entered> entered_;  ///< parts by the time they began
  bool in_world_ = false, targets_met_ = false;

  attention::GazeClassifier classifier_{attention::GazeMode::offline};
  attention::GazeEpisodes episodes_;
  Rests rests_;
  attention::ScanMeasures scan_;
  std::vector<attention::Scan> scans_;
  std::optional<core::SessionTime> gaze_time_;  ///< of the newest sample that went in
  std::int64_t gaze_lag_ns_ = 0;                ///< from a frame's gaze to the frame
  std::deque<Met> met_;                         ///< what the newest samples met, until they are labelled

  std::map<std::uint16_t, telemetry::AoiRole> roles_;
  attention::AreaFollower follower_;
  attention::Engagement engagement_;
  StillnessFollower stillness_;
};

}  // namespace attune::report
