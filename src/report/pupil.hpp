#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "attune/attention/pupil.hpp"
#include "report/phase_parts.hpp"
#include "report/reading_news.hpp"

/// The pupil over a session, and what light does not explain of it.
namespace attune::report {

struct PupilPart : PhasePart {
  int count = 0;           ///< widths whose light is known
  double wider_sum = 0.0;  ///< of these, mm

  /// How much wider than the light explains, mean, mm, against the two minutes before; nothing where that is
  /// not known.
  [[nodiscard]] std::optional<double> wider_mm() const;
};

struct PupilFigures {
  double known_s = 0.0;  ///< with a width
  double lit_s = 0.0;    ///< of these, with the light of the picture known too
  std::optional<double> mean_mm;
  /// Widening with ten times the light, by the last two minutes; nothing before it is settled and under
  /// steady light.
  std::optional<double> slope_mm_per_decade;
  std::vector<PupilPart> parts;  ///< in order of time
};

/// Keeps the account of one recording. Widths and light meet at the instants at which they were measured and
/// shown, not at those at which they became known (`telemetry::Reading::age_s`).
class PupilAccount {
 public:
  /// Light older than this says nothing of a width.
  static constexpr double light_good_for_s = 1.0;
  /// A display's black is no darkness: its white by the contrast of a good panel.
  static constexpr double black = 1e-3;

  /// Takes the next moment, which holds until `held_s` later.
  void add(const record::Moment& moment, double held_s);
  [[nodiscard]] PupilFigures finish();

 private:
  struct Sample {
    double time_s = 0.0, value = 0.0;
    std::size_t part = 0;
  };
  /// Gives the correction all that happened until then, in order.
  void match(double known_until_s);
  void light_up(double until_s);

  PupilFigures out_;
  double width_s_ = 0.0;  // mean_mm's numerator
  std::deque<Sample> widths_, lights_;
  ReadingNews width_news_, light_news_;
  std::optional<double> used_width_s_, used_light_s_;  // of the newest that the correction has seen
  attention::PupilCorrection correction_;
};

}  // namespace attune::report
