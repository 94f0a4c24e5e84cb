#pragma once

#include <optional>

namespace attune::attention {

/// The pupil's width without what the scene's light does to it.
///
/// A pupil narrows about linearly with the logarithm of luminance between 0.1 and 1000 cd/m² (Watson &
/// Yellott, J Vis 12, 2012); how much is the person's own. That line is fitted as samples come, with
/// forgetting; what is left is arousal, effort and noise. A headset is dark and its picture changes slowly,
/// so the light that counts is the mean of the last half second.
class PupilCorrection {
 public:
  /// Whether an eye can have that width: 1 to 10 mm.
  [[nodiscard]] static bool possible(double width_mm);
  /// @param width_mm          1 to 10; anything else is a loss, and is not used.
  /// @param luminance_cd_m2   of what is seen, above 0; in any unit, since a factor moves no slope over its
  /// logarithm.
  /// @param step_s            since the sample before.
  /// @return what the pupil is wider than the light explains, mm; nothing for a loss, and before `settled`.
  std::optional<double> push(double width_mm, double luminance_cd_m2, double step_s);
  /// Enough was seen to tell the usual width from what differs from it.
  [[nodiscard]] bool settled() const;
  /// Whether the light changed enough for the slope to mean something.
  [[nodiscard]] bool light_varied() const;
  /// How much the pupil widens with ten times the light, mm: below 0 for a living one; 0 under steady light,
  /// where there is nothing to correct for.
  [[nodiscard]] double slope_mm_per_decade() const;
  void reset() { *this = {}; }

 private:
  [[nodiscard]] double spread() const;  ///< variance of log light

  double light_ = 0.0;  ///< log10 of luminance, smoothed
  bool lit_ = false;
  // Weighted sums of log light l and width w.
  double weight_ = 0.0, l_ = 0.0, w_ = 0.0, ll_ = 0.0, lw_ = 0.0;
};

}  // namespace attune::attention
