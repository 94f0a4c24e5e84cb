#pragma once

#include <array>
#include <span>

#include "signal/qrs_candidates.hpp"

namespace attune::signal {

/// Running mean and spread of a figure, slow to follow what lies far off.
struct RunningFigure {
  float mean = 0.0F, spread = 1.0F;

  void follow(float value, float share, float least_spread);
  [[nodiscard]] float log_density(float value) const;  ///< of a normal distribution, without its constant
};

/// A candidate as seen by the model.
struct WeighedCandidate {
  QrsCandidate candidate;
  std::array<float, QrsCandidate::bands> likeness{};  ///< of the shape to the mean beat, Fisher's z
  double aligned = 0.0;                               ///< sample where the shape fits best, in fractions
  float weight = 0.0F;   ///< how much likelier a beat than noise, natural logarithm
  bool ectopic = false;  ///< it is so as a beat from elsewhere in the heart
};

/// What beats and noise of this person look like in each band: how strong they are, and how like the mean
/// beat. All of it follows the last half minute.
class BeatModel {
 public:
  /// @param inner_step  input samples to one of a candidate's shape.
  BeatModel(double rate_hz, double inner_step, std::size_t width, const WaveScale& scale);

  /// Sets likeness, alignment and weight.
  void weigh(WeighedCandidate& candidate) const;
  void learn_beat(const WeighedCandidate& beat);
  void learn_noise(const WeighedCandidate& noise);
  /// Starts over from candidates of a few seconds in which there should be beats: the strongest of every
  /// second.
  /// @return false, with nothing changed, where these are too few or too unlike each other to be one heart's.
  bool learn_anew(std::span<const QrsCandidate* const> candidates, double from, double to);

 private:
  struct Band {
    std::array<float, QrsCandidate::most_width> kernel{};  // the mean beat, of length 1
    RunningFigure beat_level, noise_level;
    RunningFigure beat_likeness{1.4F, 0.5F}, noise_likeness{0.5F, 0.4F};
  };
  using Bands = std::array<Band, QrsCandidate::bands>;

  void compare(WeighedCandidate& candidate, const Bands& bands) const;
  [[nodiscard]] std::size_t kernel_size() const { return 2 * kernel_reach_ + 1; }
  [[nodiscard]] const float* part(const QrsCandidate& candidate, std::size_t band, int shift) const;
  void set_kernel(Band& band, std::size_t which, const QrsCandidate& candidate) const;
  bool guess_levels(Band& band, std::size_t which, std::span<const QrsCandidate* const> candidates,
                    double from, double to) const;
  bool guess_kernels(Bands& bands, std::span<const QrsCandidate* const> candidates) const;

  double rate_hz_, inner_step_;
  std::size_t width_, kernel_reach_;
  int shifts_;
  Bands bands_{};
  int beats_ = 0;
};

}  // namespace attune::signal
