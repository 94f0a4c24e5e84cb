#pragma once

#include <optional>

#include "attune/signal/butterworth.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/turning_points.hpp"

namespace attune::signal {

/// One skin conductance response.
struct SkinResponse {
  double onset_s = 0.0, top_s = 0.0;
  double amplitude = 0.0;  ///< of the phasic part from onset to top, in the unit of the signal
};

/// Skin conductance, split into its slow level and its responses. A response rises by at least 0.03 µS
/// (Boucsein et al., Psychophysiology 49, 2012: 0.01–0.05) and six times the sensor's noise within 0.5–6 s. A
/// signal in other units is judged by its noise alone. Gaps up to 1 s are bridged.
class SkinConductance {
 public:
  /// @param rate_hz  1 to 10000.
  explicit SkinConductance(double rate_hz);

  /// @return a response, once the signal falls again.
  std::optional<SkinResponse> push(double sample);
  [[nodiscard]] double delay_s() const {
    return delay_s_;
  }  ///< of onset and top, beside the fall that shows them

  [[nodiscard]] std::optional<double> tonic() const;   ///< below 0.05 Hz
  [[nodiscard]] std::optional<double> phasic() const;  ///< above it

 private:
  std::optional<SkinResponse> take(double value);

  double rate_hz_;
  GapFiller filler_;
  Butterworth smooth_, fast_;
  double delay_s_;
  TurningPoints turns_;
  std::optional<TurningPoints::Turn> bottom_;
  double now_s_ = 0.0, since_s_ = 0.0, noise_ = 0.0, tonic_ = 0.0, phasic_ = 0.0, swing_ = 0.0;
  bool known_ = false;
};

}  // namespace attune::signal
