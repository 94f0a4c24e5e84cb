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

class SequenceMaker {
 public:
  explicit SequenceMaker(std::uint64_t seed) : random_(seed) {}

  Sequence make() {
    Sequence sequence;
    sequence.limits = limits();
    GovernorInput in;
    in.allowed = {Place::world, number(0.3F, 1.0F), number(0.6F, 1.0F), true};
    in.headset = {true, true, true, true};
    in.head_valid = true;
    in.belief = {0.4F, 0.1F, 0.0, true};
    // Frames are slower than a headset's in most sequences, so that the long times of the governor are
    // reached.
    const double frame_s = one_of({1.0 / 72.0, 0.1, 0.2, 0.25});
    double time_s = 0.0;
    in.asked_intensity = chance(0.5) ? 1.0F : number(0.0F, 1.0F);
    // One in ten is long and quiet, so that a trouble lasts until doubt ends in the safe place.
    const bool is_long = chance(0.1);
    const int frames = is_long ? 600 : 20 + static_cast<int>(random_() % 100);
    for (int i = 0; i < frames; ++i) {
      if (chance(is_long ? 0.01 : 0.15)) disturb(in);
      const bool jump = chance(0.02);
      time_s += jump ? one_of({-5.0, -0.01, 0.0, 3.0, 100.0, 1e7}) : frame_s;
      in.time = core::at_seconds(time_s);
      in.stop = chance(is_long ? 0.001 : 0.01);
      in.therapist_start = i == 0 || chance(is_long ? 0.005 : 0.02);
      sequence.inputs.push_back(in);
    }
    return sequence;
  }

 private:
  bool chance(double p) { return std::uniform_real_distribution<double>(0.0, 1.0)(random_) < p; }
  float number(float low, float high) { return std::uniform_real_distribution<float>(low, high)(random_); }
  template <typename T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[random_() % values.size()];
  }
  float anything() {
    return one_of({std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                   -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::max(), -1.0F, 0.0F,
                   1e-30F, 2.0F, 1e9F});
  }

  ProgrammeLimits limits() {
    ProgrammeLimits made;
    if (chance(0.3)) made.intensity.high = number(0.1F, 1.0F);
    if (chance(0.3)) made.rise_per_s = number(0.0F, 0.05F);
    if (chance(0.3)) made.fall_per_s = number(0.005F, 1.0F);
    if (chance(0.1)) made.rise_per_s = anything();
    if (chance(0.1)) made.intensity.high = anything();
    if (chance(0.1)) made.suds_ceiling = anything();
    if (chance(0.1)) made.heart_rate_bpm = anything();
    return made;
  }

  /// Changes one thing, for the better or the worse.
  void disturb(GovernorInput& in) {
    switch (random_() % 16) {
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
        in.belief.age_s = one_of({0.0, 0.5, 3.0, 1e9, std::numeric_limits<double>::quiet_NaN()});
        break;
      case 5:
        in.belief.valid = chance(0.6);
        break;
      case 6:
        in.head_valid = chance(0.5);
        break;
      case 7:
        in.headset.focused = chance(0.5);
        break;
      case 8:
        in.headset.worn = chance(0.5);
        break;
      case 9:
        in.model_in_use = chance(0.7);
        in.model_age_s = one_of({0.0, 1.0, 6.0, std::numeric_limits<double>::quiet_NaN()});
        break;
      case 10:
        in.suds = chance(0.3) ? std::nullopt : std::optional(chance(0.3) ? anything() : number(0.0F, 100.0F));
        break;
      case 11:
        in.comfort = chance(0.3) ? std::nullopt : std::optional(number(0.0F, 10.0F));
        break;
      case 12:
        in.unanswered = static_cast<int>(random_() % 4);
        break;
      case 13:
        in.heart_rate_bpm =
            chance(0.3) ? std::nullopt : std::optional(chance(0.2) ? anything() : number(60.0F, 190.0F));
        break;
      case 14:
        in.allowed.intensity_at_most = chance(0.2) ? anything() : number(0.0F, 1.0F);
        in.allowed.ceiling = chance(0.2) ? anything() : number(0.5F, 1.0F);
        in.allowed.may_rise = chance(0.7);
        break;
      default:
        in.allowed.place = chance(0.8) ? Place::world : Place::safe_place;
        // And often all is well again, so that the next trouble starts from a raised intensity.
        in.belief = {0.4F, 0.1F, 0.0, true};
        in.head_valid = true;
        in.headset = {true, true, true, true};
        in.model_age_s = 0.0;
        in.suds.reset();
        in.comfort.reset();
        in.heart_rate_bpm.reset();
        in.unanswered = 0;
        in.allowed.may_rise = true;
        in.allowed.ceiling = 0.9F;
        in.asked_intensity = 1.0F;
    }
  }

  std::mt19937_64 random_;
};

}  // namespace attune::treatment
