#pragma once

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "treatment/govern.hpp"

/// Random sessions for the governor's properties: mostly plausible stretches of time in which some things go
/// wrong, and among them anything that a broken model, sensor or clock could say.
namespace attune::treatment {

struct Sequence {
  ProgrammeLimits limits;
  std::vector<GovernorInput> inputs;
};

/// Everything as it should be in the world, and full intensity asked for.
inline void make_well(GovernorInput& in) {
  in.allowed = {Place::world, 1.0F, 0.9F, true};
  in.asked_intensity = 1.0F;
  in.headset = {true, true, true, true};
  in.head_valid = true;
  in.belief = {0.4F, 0.1F, 0.0, true};
  in.model_age_s = in.eyes_closed_s = in.therapist_silence_s = 0.0;
  in.suds.reset();
  in.comfort.reset();
  in.heart_rate_bpm.reset();
  in.unanswered = 0;
}

/// Gives the frames of one session after the other; the same seed gives the same frames, however many.
class SequenceMaker {
 public:
  explicit SequenceMaker(std::uint64_t seed) : random_(seed) {}

  /// @param longest  no more frames than that
  Sequence make(std::size_t longest = 100'000) {
    Sequence sequence;
    sequence.limits = limits();
    GovernorInput in;
    make_well(in);
    in.allowed = {Place::world, number(0.3F, 1.0F), number(0.6F, 1.0F), true};
    in.asked_intensity = chance(0.5) ? 1.0F : number(0.0F, 1.0F);
    // Most are short and wild. Some are long and quiet; a few have one trouble that lasts until doubt ends.
    const double kind = number(0.0F, 1.0F);
    const auto frames = kind < 0.003F ? 2'600U : kind < 0.06F ? 500U : 20U + random_() % 60;
    const bool lasting = frames > 2'000, wild = frames < 100;
    // Frames are slower than a headset's in most sequences, so that the long times are reached.
    double frame_s = lasting ? 0.249 : one_of({1.0 / 72.0, 0.1, 0.2, 0.25});
    const double troubles = wild ? 0.15 : lasting ? 0.0 : 0.01;
    double time_s = 0.0;
    for (std::size_t i = 0; i < std::min<std::size_t>(frames, longest); ++i) {
      if (chance(troubles)) disturb(in);
      if (lasting && i == 100) {
        trouble(in);
        if (chance(0.1)) frame_s = 0.3;  // a display too slow to be trusted
      }
      if (lasting && i > 100 && chance(0.0002)) make_well(in);
      time_s += chance(wild ? 0.02 : 0.001) ? one_of({-5.0, -0.01, 0.0, 3.0, 100.0, 1e7}) : frame_s;
      in.time = core::at_seconds(time_s);
      in.stop = chance(wild ? 0.01 : lasting ? 0.0 : 0.001);
      in.therapist_start = i == 0 || chance(wild ? 0.02 : lasting ? 0.0 : 0.005);
      in.therapist_resume = chance(wild ? 0.02 : lasting ? 0.0 : 0.005);
      sequence.inputs.push_back(in);
    }
    return sequence;
  }

 private:
  bool chance(double p) { return static_cast<double>(random_() >> 11) * 0x1p-53 < p; }
  float number(float low, float high) {
    return low + (high - low) * static_cast<float>(static_cast<double>(random_() >> 11) * 0x1p-53);
  }
  template <typename T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[random_() % values.size()];
  }
  float anything() {
    return one_of({std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                   -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::max(), -1.0F, 0.0F,
                   1e-30F, 2.0F, 1e9F});
  }
  /// An age, at and about the limits.
  double age() {
    return one_of({0.0, 0.4, 0.7, 1.5, 2.5, 4.0, 6.0, 8.0, 9.0, 11.0, 70.0, 1e9, -1.0,
                   std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()});
  }
  std::optional<float> maybe(float low, float high) {
    if (chance(0.3)) return std::nullopt;
    return chance(0.2) ? anything() : number(low, high);
  }

  ProgrammeLimits limits() {
    ProgrammeLimits made;
    if (chance(0.3)) made.intensity.high = number(0.1F, 1.0F);
    if (chance(0.3)) made.rise_per_s = number(0.0F, 0.05F);
    if (chance(0.3)) made.fall_per_s = number(0.005F, 1.0F);
    made.needs_therapist = chance(0.3);
    for (float* limit : {&made.rise_per_s, &made.fall_per_s, &made.intensity.high, &made.suds_ceiling,
                         &made.heart_rate_bpm, &made.comfort_at_least}) {
      if (chance(0.05)) *limit = anything();
    }
    return made;
  }

  /// Changes one thing, for the better or the worse.
  void disturb(GovernorInput& in) {
    switch (random_() % 20) {
      case 0:
        in.asked_intensity = chance(0.5) ? anything() : number(-0.5F, 1.5F);
        break;
      case 1:
        in.asked_intensity = chance(0.5) ? 1.0F : 0.0F;
        break;
      case 2:
        in.belief.mean = chance(0.3) ? anything() : number(0.0F, 1.0F);
        break;
      case 3:
        in.belief.deviation = chance(0.3) ? anything() : number(0.01F, 0.3F);
        break;
      case 4:
        in.belief.age_s = age();
        break;
      case 5:
        in.belief.valid = chance(0.6);
        break;
      case 6:
        in.model_in_use = chance(0.7);
        in.model_age_s = age();
        break;
      case 7:
        in.suds = maybe(0.0F, 100.0F);
        break;
      case 8:
        in.comfort = maybe(0.0F, 10.0F);
        break;
      case 9:
        in.heart_rate_bpm = maybe(60.0F, 190.0F);
        break;
      case 10:
        in.eyes_closed_s = age();
        break;
      case 11:
        in.therapist_silence_s = age();
        break;
      case 12:
        in.allowed.intensity_at_most = chance(0.2) ? anything() : number(0.0F, 1.0F);
        in.allowed.ceiling = chance(0.2) ? anything() : number(0.5F, 1.0F);
        in.allowed.may_rise = chance(0.7);
        break;
      case 13:
        in.allowed.place = chance(0.8) ? Place::world : static_cast<Place>(random_() % 4);
        break;
      case 14:
      case 15:
        trouble(in);
        break;
      default:
        make_well(in);  // often, so that the next trouble starts from a raised intensity
    }
  }

  /// One of the reasons to doubt, plainly.
  void trouble(GovernorInput& in) {
    switch (random_() % 14) {
      case 0:
        in.head_valid = chance(0.2);
        break;
      case 1:
        in.headset.focused = chance(0.2);
        break;
      case 2:
        in.headset.worn = chance(0.2);
        break;
      case 3:
        in.headset.running = chance(0.2);
        break;
      case 4:
        in.asked_intensity = anything();
        break;
      case 5:
        in.belief.age_s = 3.0;
        break;
      case 6:
        in.model_in_use = true;
        in.model_age_s = 6.0;
        break;
      case 7:
        in.suds = number(70.0F, 100.0F);
        break;
      case 8:
        in.comfort = number(0.0F, 5.0F);
        break;
      case 9:
        in.heart_rate_bpm = number(140.0F, 180.0F);
        break;
      case 10:
        in.eyes_closed_s = 12.0;
        break;
      case 11:
        in.therapist_silence_s = 7.0;
        break;
      case 12:
        in.unanswered = static_cast<int>(random_() % 4);
        break;
      default:
        in.belief.mean = number(0.7F, 1.2F);
    }
  }

  std::mt19937_64 random_;
};

}  // namespace attune::treatment
