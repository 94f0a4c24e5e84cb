#pragma once

#include <optional>

#include "attune/signal/butterworth.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/slip_guard.hpp"

namespace attune::signal {

/// One skin conductance response.
struct SkinResponse {
  double onset_s = 0.0, top_s = 0.0;
  double amplitude = 0.0;  ///< from onset to top, in the unit of the signal
};

/// Skin conductance, split into its slow level and its responses. A response rises by at least 0.03 µS
/// (Boucsein et al., Psychophysiology 49, 2012: 0.01–0.05) and six times the sensor's noise, above its usual
/// wavering, within 0.5–7 s. A signal in other units is judged by its noise and wavering alone. Gaps up to 1
/// s are bridged.
class SkinConductance {
 public:
  /// @param rate_hz  1 to 10000.
  explicit SkinConductance(double rate_hz);

  /// @return a response, once the signal has come a tenth of the way back.
  std::optional<SkinResponse> push(double sample);
  [[nodiscard]] double delay_s() const {
    return delay_s_;
  }  ///< of onset and top, beside the fall that shows them

  [[nodiscard]] std::optional<double> tonic() const;   ///< below 0.05 Hz
  [[nodiscard]] std::optional<double> phasic() const;  ///< above it

 private:
  struct Point {
    double at_s = 0.0, value = 0.0, level = 0.0;  // value: of the phasic part
  };
  std::optional<SkinResponse> take(double value);
  std::optional<SkinResponse> follow_rise(double slope, double level, bool level_falls);
  void learn(double removed, double slope);
  void follow_median(double& figure, double value, double seconds, double window_s) const;
  [[nodiscard]] double least() const;

  double rate_hz_;
  SlipGuard slips_;
  GapFiller filler_;
  Butterworth smooth_, fast_;
  double delay_s_;
  Point onset_, top_;
  double now_s_ = 0.0, since_s_ = 0.0, noise_ = 0.0, usual_slope_ = 0.0, tonic_ = 0.0, phasic_ = 0.0;
  bool known_ = false, rising_ = false;
};

}  // namespace attune::signal
