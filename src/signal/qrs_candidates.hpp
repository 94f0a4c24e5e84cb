#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/signal/butterworth.hpp"
#include "signal/wave_scale.hpp"

namespace attune::signal {

/// A short burst in the bands in which a ventricle's depolarisation stands out.
struct QrsCandidate {
  static constexpr std::size_t bands = 2;
  static constexpr std::size_t most_width = 2 * 33 + 1;  // 0.11 s to each side at 300 Hz

  double at = 0.0;                       ///< sample of the input, counted from 0, of the burst's middle
  std::array<float, bands> log_level{};  ///< natural logarithm of its root mean square, in units of the input
  std::array<std::array<float, most_width>, bands>
      shape{};  ///< around the middle, `QrsCandidates::width()` values
};

/// Cuts an electrocardiogram into candidates for heart beats, several a beat: QRS, tall T waves, noise. One
/// band is low enough for a broad QRS among muscle noise, one high enough for a sharp QRS among movements of
/// the electrode; each counts by what is usual in it. Works at an inner rate of 125 to 300 Hz (an input below
/// 125 Hz keeps its own).
class QrsCandidates {
 public:
  QrsCandidates(double rate_hz, const WaveScale& scale);

  /// @return the candidate whose neighbourhood has just become known.
  std::optional<QrsCandidate> push(double sample);
  /// Forgets the neighbourhood: what comes next has no connection with what was.
  void restart();

  [[nodiscard]] double inner_rate_hz() const { return rate_hz_ / factor_; }
  [[nodiscard]] std::size_t width() const { return 2 * reach_ + 1; }
  /// From a candidate's middle to its being told.
  [[nodiscard]] double delay_s() const;

 private:
  static constexpr std::size_t ring_size = 128;  // of inner samples, 0.43 s at 300 Hz

  /// One band: its filter, what came out, its envelope, and how strong it mostly is.
  struct Band {
    Band(double low_hz, double high_hz, double rate_hz);
    Butterworth filter;
    double delay;  // input samples
    std::array<double, ring_size> values{}, levels{};
    double usual = 0.0;
  };
  /// Index `i` inner samples ago, or ahead, of `now`.
  static std::size_t at(std::int64_t now, std::int64_t ahead) {
    return static_cast<std::size_t>(now + static_cast<std::int64_t>(ring_size) + ahead) % ring_size;
  }
  void take(Band& band, double value) const;
  void follow_steps(double broad);
  [[nodiscard]] std::int64_t wait() const;
  [[nodiscard]] bool highest_around(std::int64_t middle) const;
  [[nodiscard]] bool leaked(std::int64_t middle) const;
  [[nodiscard]] QrsCandidate cut_out(std::int64_t middle) const;

  double rate_hz_;
  int factor_;              // input samples to an inner one
  std::size_t reach_;       // of a shape to each side, inner samples
  std::int64_t apart_;      // least distance of candidates, inner samples
  std::int64_t smoothing_;  // half the width of the envelope's window, inner samples
  std::array<Band, QrsCandidate::bands> bands_;
  double fastest_hz_, stands_out_;         // as in `WaveScale`
  std::int64_t lead_;                      // of the faster band, inner samples
  std::array<double, ring_size> level_{};  // of both, each in units of what is usual in it
  // Of the broad band, at the input's rate: its squares and those of its steps, an inner sample each.
  std::array<double, ring_size> squares_{}, steps_{};
  double broad_ = 0.0, square_sum_ = 0.0, step_sum_ = 0.0;
  std::int64_t samples_ = 0, inner_ = 0, known_from_ = 0;
};

}  // namespace attune::signal
