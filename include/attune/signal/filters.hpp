#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

/// Streaming filters for samples whose rate may change: every push names the time since the sample before,
/// and the cutoff stays where it was asked for. `T` is float or a GLM vector. The first sample after
/// construction or `reset` is taken as having stood there for ever, so that nothing rings at the start.
namespace attune::signal {

enum class Pass { low, high };

/// A second-order Butterworth biquad in the topology-preserving form, which may change its coefficients
/// between two samples without a jump (Zavalishin, The Art of VA Filter Design, 2018, section 4.4). Its delay
/// in the pass band of a low pass is √2 / (2π · cutoff).
template <typename T>
class Butterworth2 {
 public:
  Butterworth2(Pass pass, float cutoff_hz) : pass_(pass), cutoff_hz_(cutoff_hz) {}

  /// @param step_s  seconds since the last sample, above 0. The cutoff is held below 0.45 of the rate.
  T push(const T& sample, float step_s) {
    if (empty_) {
      band_ = sample - sample;
      low_ = sample;
      empty_ = false;
    }
    // Display times differ by nanoseconds; a tangent a frame is spent only on a real change of rate.
    if (std::abs(step_s - designed_for_s_) > 0.02F * designed_for_s_) design(step_s);
    const T input = sample - low_;
    const T band = a1_ * band_ + a2_ * input;
    const T low = low_ + a2_ * band_ + a3_ * input;
    band_ = 2.0F * band - band_;
    low_ = 2.0F * low - low_;
    return pass_ == Pass::low ? low : sample - damping * band - low;
  }
  void reset() { empty_ = true; }

 private:
  static constexpr float damping = std::numbers::sqrt2_v<float>;

  void design(float step_s) {
    designed_for_s_ = step_s;
    const float g = std::tan(std::numbers::pi_v<float> * std::min(cutoff_hz_ * step_s, 0.45F));
    a1_ = 1.0F / (1.0F + g * (g + damping));
    a2_ = g * a1_;
    a3_ = g * a2_;
  }

  Pass pass_;
  float cutoff_hz_;
  float designed_for_s_ = -1.0F, a1_ = 0.0F, a2_ = 0.0F, a3_ = 0.0F;
  bool empty_ = true;
  T band_{}, low_{};
};

}  // namespace attune::signal
