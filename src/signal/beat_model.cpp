#include "signal/beat_model.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace attune::signal {

namespace {

// Chosen on MIT-BIH 118 with 6 dB of noise, the first minute, and on generated electrocardiograms with
// electrode movement, muscle noise and ectopic beats; docs/signals.md gives the figures on both and on what
// was not used.
constexpr float most_for = 5.0F, most_against = 3.0F;          // nats that the level in one band may weigh
constexpr float level_for = 6.0F;                              // in both together
constexpr float likeness_for = 3.0F, likeness_against = 2.5F;  // likewise
constexpr float prior = 1.0F;                                  // three candidates are noise for one beat
constexpr float ectopic_prior = 5.0F, ectopic_spread = 0.7F, ectopic_for = 8.0F;
constexpr float quiet_from = 2.2F;  // nats between beats and noise; what follows is added at one nat more
constexpr float most_for_when_quiet = 5.0F, ectopic_for_when_quiet = 4.0F, ectopic_prior_when_quiet = 2.0F;
constexpr float too_loud = 1.1F;  // e^1.1 = 3 times a usual beat: what is louder is movement
constexpr float beat_share = 0.12F, noise_share = 0.05F;  // of what is new in what is known
constexpr float least_alike = 1.0F;  // mean of Fisher's z, above what noise has by chance: 0.7 at most

float dot(const float* a, const float* b, std::size_t n) {
  float sum = 0.0F;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

void RunningFigure::follow(float value, float share, float least_spread) {
  const float off = std::clamp(value - mean, -2.5F * spread, 2.5F * spread);
  mean += share * off;
  // The mean distance of a normal distribution is 0.8 of its deviation.
  spread = std::max(least_spread, spread + share * (1.25F * std::abs(off) - spread));
}

float RunningFigure::log_density(float value) const {
  const float z = (value - mean) / spread;
  return -0.5F * z * z - std::log(spread);
}

BeatModel::BeatModel(double rate_hz, double inner_step, std::size_t width, const WaveScale& scale)
    : rate_hz_(rate_hz),
      inner_step_(inner_step),
      width_(width),
      kernel_reach_(static_cast<std::size_t>(scale.kernel_s * rate_hz / inner_step)),
      shifts_(std::min(static_cast<int>(std::lround(scale.shift_s * rate_hz / inner_step)),
                       static_cast<int>(width / 2) - static_cast<int>(kernel_reach_))) {}

const float* BeatModel::part(const QrsCandidate& candidate, std::size_t band, int shift) const {
  return candidate.shape[band].data() +
         (static_cast<int>(width_ / 2) - static_cast<int>(kernel_reach_) + shift);
}

void BeatModel::compare(WeighedCandidate& candidate, const Bands& bands) const {
  constexpr std::size_t most_fits = 33;
  std::array<std::array<float, most_fits>, QrsCandidate::bands> fit{};
  std::array<float, most_fits> both{};
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    for (int shift = -shifts_; shift <= shifts_; ++shift) {
      const float* shape = part(candidate.candidate, b, shift);
      const float size = std::sqrt(dot(shape, shape, kernel_size()));
      const auto i = static_cast<std::size_t>(shift + shifts_);
      fit[b][i] = size > 0.0F ? dot(shape, bands[b].kernel.data(), kernel_size()) / size : 0.0F;
      both[i] += fit[b][i];
    }
  }
  const auto best =
      static_cast<std::size_t>(std::max_element(both.begin(), both.begin() + 2 * shifts_ + 1) - both.begin());
  double fraction = 0.0;  // of the parabola's top
  if (best > 0 && static_cast<int>(best) < 2 * shifts_) {
    const double left = static_cast<double>(both[best - 1]), right = static_cast<double>(both[best + 1]);
    const double bend = left - 2.0 * static_cast<double>(both[best]) + right;
    if (bend < 0.0) fraction = std::clamp(0.5 * (left - right) / bend, -0.5, 0.5);
  }
  candidate.aligned = candidate.candidate.at + (static_cast<double>(best) - shifts_ + fraction) * inner_step_;
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    candidate.likeness[b] = std::atanh(std::clamp(fit[b][best], -0.98F, 0.98F));
  }
}

void BeatModel::weigh(WeighedCandidate& candidate) const {
  compare(candidate, bands_);
  float by_level = 0.0F, by_likeness = 0.0F, as_ectopic = 0.0F;
  // In a quiet recording whatever is much stronger than noise is a beat, of whatever shape.
  const float quiet =
      std::clamp(bands_[0].beat_level.mean - bands_[0].noise_level.mean - quiet_from, 0.0F, 1.0F);
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    const auto& band = bands_[b];
    const float level = candidate.candidate.log_level[b], likeness = candidate.likeness[b];
    const float over = level - band.beat_level.mean;
    // Where noise is faint, nothing loud is likely to be noise: what is louder than a beat is movement.
    const float louder = over > too_loud ? 4.0F * (over - too_loud) : 0.0F;
    const float noise = band.noise_level.log_density(std::max(level, band.noise_level.mean)) + louder;
    const float for_beat = band.beat_level.log_density(std::min(level, band.beat_level.mean)) - noise;
    const float alike =
        std::clamp(band.beat_likeness.log_density(std::min(likeness, band.beat_likeness.mean)) -
                       band.noise_likeness.log_density(std::max(likeness, band.noise_likeness.mean)),
                   -likeness_against, likeness_for);
    by_likeness += alike;
    // What looks like a beat may be as loud as it likes: the electrode, or the finger, sits better.
    const float unlike = 1.0F - std::clamp(alike / likeness_for, 0.0F, 1.0F);
    by_level += std::clamp(std::min(for_beat, most_for) - unlike * louder, -most_against, most_for);
    // A beat from elsewhere in the heart looks like no other and may lack one band, but it is not as weak as
    // noise.
    const RunningFigure ectopic{band.beat_level.mean, ectopic_spread};
    const float most = most_for + most_for_when_quiet * quiet;
    const float for_other = ectopic.log_density(std::min(level, ectopic.mean)) - noise;
    as_ectopic +=
        std::clamp(std::min(for_other, most) - 2.0F * louder, louder > 0.0F ? -most_against : 0.0F, most);
  }
  const float as_usual = std::clamp(by_level, -most_against, level_for) +
                         std::clamp(by_likeness, -likeness_against, likeness_for);
  const float as_other = std::min(as_ectopic, ectopic_for + ectopic_for_when_quiet * quiet) - ectopic_prior +
                         ectopic_prior_when_quiet * quiet;
  candidate.ectopic = as_other > as_usual;
  candidate.weight = std::max(as_usual, as_other) - prior;
}

void BeatModel::learn_beat(const WeighedCandidate& beat) {
  ++beats_;
  const float share = std::max(beat_share, 1.0F / static_cast<float>(beats_ + 2));
  const auto shift = static_cast<int>(std::lround((beat.aligned - beat.candidate.at) / inner_step_));
  const bool alike = beat.likeness[0] + beat.likeness[1] > 1.1F;
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    auto& band = bands_[b];
    band.beat_level.follow(beat.candidate.log_level[b], share, 0.2F);
    band.beat_likeness.follow(beat.likeness[b], share, 0.35F);
    const float* shape = part(beat.candidate, b, std::clamp(shift, -shifts_, shifts_));
    const float size = std::sqrt(dot(shape, shape, kernel_size()));
    if (!alike || !(size > 0.0F)) continue;
    for (std::size_t i = 0; i < kernel_size(); ++i)
      band.kernel[i] += share * (shape[i] / size - band.kernel[i]);
    const float length = std::sqrt(dot(band.kernel.data(), band.kernel.data(), kernel_size()));
    for (std::size_t i = 0; i < kernel_size(); ++i) band.kernel[i] /= length;
  }
}

void BeatModel::learn_noise(const WeighedCandidate& noise) {
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    auto& band = bands_[b];
    // However loud a movement is, it raises what is expected of noise no further than this.
    band.noise_level.follow(std::min(noise.candidate.log_level[b], band.beat_level.mean + 0.5F), noise_share,
                            0.35F);
    band.noise_likeness.follow(noise.likeness[b], noise_share, 0.3F);
  }
}

void BeatModel::set_kernel(Band& band, std::size_t which, const QrsCandidate& candidate) const {
  const float* shape = part(candidate, which, 0);
  const float size = std::sqrt(dot(shape, shape, kernel_size()));
  for (std::size_t i = 0; i < kernel_size(); ++i) band.kernel[i] = size > 0.0F ? shape[i] / size : 0.0F;
}

/// The median of every second's strongest is taken for a beat, the mean of what is well below for noise.
bool BeatModel::guess_levels(Band& band, std::size_t which, std::span<const QrsCandidate* const> candidates,
                             double from, double to) const {
  constexpr float nothing = -1e9F;
  std::array<float, 16> strongest{};
  strongest.fill(nothing);
  const auto seconds =
      std::clamp<std::size_t>(static_cast<std::size_t>((to - from) / rate_hz_), 1, strongest.size());
  for (const auto* candidate : candidates) {
    const auto second = static_cast<std::size_t>(std::max((candidate->at - from) / (to - from), 0.0) *
                                                 static_cast<double>(seconds));
    auto& most = strongest[std::min(second, seconds - 1)];
    most = std::max(most, candidate->log_level[which]);
  }
  std::sort(strongest.begin(), strongest.end(), std::greater<>());
  const auto filled =
      static_cast<std::size_t>(std::find(strongest.begin(), strongest.end(), nothing) - strongest.begin());
  if (filled < 2) return false;
  const float level = strongest[filled / 2];
  float sum = 0.0F;
  int count = 0;
  for (const auto* candidate : candidates) {
    if (candidate->log_level[which] > level - 0.4F) continue;
    sum += candidate->log_level[which];
    ++count;
  }
  const float noise = count > 2 ? sum / static_cast<float>(count) : level - 2.5F;
  band.beat_level = {level, 0.35F};
  band.noise_level = {std::min(noise, level - 0.7F), 0.6F};
  return true;
}

/// The mean beat starts as the strong candidate that the other strong ones resemble most.
bool BeatModel::guess_kernels(Bands& bands, std::span<const QrsCandidate* const> candidates) const {
  const auto strong = [&](const QrsCandidate& c, float within) {
    float off = 0.0F;
    for (std::size_t b = 0; b < QrsCandidate::bands; ++b)
      off += std::abs(c.log_level[b] - bands[b].beat_level.mean);
    return off < within * QrsCandidate::bands;
  };
  const auto kernels_of = [&](const QrsCandidate& c) {
    for (std::size_t b = 0; b < QrsCandidate::bands; ++b) set_kernel(bands[b], b, c);
  };
  const QrsCandidate* best = nullptr;
  float most_alike = 0.0F;
  for (const auto* seed : candidates) {
    if (!strong(*seed, 0.5F)) continue;
    kernels_of(*seed);
    float alike = 0.0F;
    int others = 0;
    for (const auto* other : candidates) {
      if (other == seed || !strong(*other, 0.7F)) continue;
      WeighedCandidate compared{*other};
      compare(compared, bands);
      alike += std::max(0.0F, compared.likeness[0] + compared.likeness[1] - 0.6F);
      ++others;
    }
    if (others == 0 || alike < least_alike * static_cast<float>(others) || alike <= most_alike) continue;
    most_alike = alike;
    best = seed;
  }
  if (best == nullptr) return false;
  kernels_of(*best);
  return true;
}

bool BeatModel::learn_anew(std::span<const QrsCandidate* const> candidates, double from, double to) {
  Bands fresh{};
  for (std::size_t b = 0; b < QrsCandidate::bands; ++b) {
    if (!guess_levels(fresh[b], b, candidates, from, to)) return false;
  }
  if (!guess_kernels(fresh, candidates)) return false;
  bands_ = fresh;
  beats_ = 0;
  return true;
}

}  // namespace attune::signal
