#pragma once

#include <array>
#include <cstddef>

#include "attune/state/monitor.hpp"

namespace attune::state {

/// The constants of the belief. All are population values; docs/belief.md derives them from the ranges of the
/// virtual patients (parameters of plant A) unless another source is named. x, v, z and u are 0..1.
struct BeliefParameters {
  // Equation f: dx/dt = (rest + reactivity · z · v − relief · u − x) / tau_x, plus noise. Rest and reactivity
  // are this person's: each is drawn from people's, and returns to it with `person_memory_s`.
  double rest = 0.215, rest_sd = 0.08;  ///< x0, uniform 0.08–0.35
  /// Median ρ 0.85, times 0.92 for mostly engaged (0.6 + 0.4 y), times 0.8 for who is a little habituated and
  /// for the middling steepness; the deviation is that of ρ (σ 0.35) with as much for steepness.
  double reactivity = 0.62, reactivity_sd = 0.25;
  double person_memory_s = 3600.0;  ///< longer than a session
  double habituation_s = 900.0;     ///< under full exposure reactivity falls with this time constant
  double relief = 0.11;             ///< mean r 0.175 times mean compliance 0.65
  double tau_x_s = 40.0;            ///< geometric mean of the middle τ_up (19 s) and τ_down (85 s)
  /// Deviation of x around this person's f when nothing is observed: moments that f does not know.
  double spread_x = 0.07;
  // Equation j: dv/dt = (usual_v − v) / tau_v, plus noise.
  double usual_v = 0.80;   ///< mean of v0, uniform 0.65–0.95
  double tau_v_s = 60.0;   ///< as plant A
  double spread_v = 0.12;  ///< v0's deviation 0.087 and as much again for sickness

  // Equation g, linear in the state: P(y = 1) = σ(a + b x + c v).
  double attention_a = 1.9;   ///< plant A at X = 0.3 with mean avoidance, moved to x = 0
  double attention_b = -2.2;  ///< slope of −3 α max(X − 0.3, 0) with mean α = 1.2, averaged over 0..1
  double attention_c = 0.5;
  /// Evidence of one 250 ms step. A look lasts about a second, so four steps say one thing; and all looks of
  /// a person share that person's habits (avoidance α is spread as widely as its mean), so four looks count
  /// as one. Somebody who never looks at the target, for whatever reason, is then not believed above a
  /// programme's usual ceiling by that alone.
  double attention_weight = 0.0625;

  // The monitor as it reads this person: m = pivot + bias + e^log_gain (x − pivot) + noise. How far people
  // differ in all is each output's own (`MonitorOutput::person_sd`), and bias and gain are scaled to it; what
  // is told here is how they share in it.
  double bias_sd = 0.07;
  double log_gain_sd = 0.25;  ///< 0.5 of each sensor's gain, averaged over four (eyes, head, hands, one worn)
  /// The x at which the lines of people cross. Sensors' gains turn about 0; a network trained on squared
  /// error leans to the mean, and its lines cross at 0.3 (`attune evaluate belief`): between the two.
  double pivot_x = 0.2;
  double calibration_memory_s = 1800.0;  ///< both drift back to the usual person's: longer than a session
  double monitor_memory_s = 30.0;  ///< the features' window: outputs closer than this share their evidence

  double suds_sd =
      0.10;  ///< answers 0.06, person's bias 0.06, rounding 0.014, and the seconds an answer takes
  double comfort_sd = 0.15;

  /// Deviation between people of what the monitor says at a middling x, for bias and gain as they are here.
  [[nodiscard]] double reading_sd() const;
  [[nodiscard]] double reading_sd_by_gain() const;  ///< the gain's part in it
};

/// What is believed of (x, v) now: a Gaussian. `x` may lie a little outside 0..1, as a Gaussian does.
struct BeliefState {
  double x = 0.0, v = 0.0;
  double var_x = 0.0, var_v = 0.0, cov_xv = 0.0;

  [[nodiscard]] double sd_x() const;
  [[nodiscard]] double sd_v() const;
  /// P(x > limit), limit 0..1.
  [[nodiscard]] double probability_above(double limit) const;
};

/// How the monitor reads this person, as far as it is known and before it is scaled to the sensors that are
/// there: m = pivot + bias + e^log_gain (x − pivot).
struct MonitorCalibration {
  double bias = 0.0, log_gain = 0.0;
  double sd_bias = 0.0, sd_log_gain = 0.0;
};

/// How this person answers exposure, as far as it is known: x settles at rest + reactivity · z · v − relief ·
/// u.
struct Responsiveness {
  double rest = 0.0, reactivity = 0.0;
  double sd_rest = 0.0, sd_reactivity = 0.0;
};

/// A Gaussian belief over anxiety x, experience v, how this person answers exposure (rest and reactivity),
/// and the bias and log-gain with which the monitor reads this person; moved by f and j and updated by what
/// is seen and said.
///
/// Self-reports teach everything; the monitor teaches the person and leaves bias and gain as believed; looks
/// teach x and v alone (docs/belief.md says why). Plain doubles, no heap, deterministic, bounded cost.
/// Without observations it widens towards what people differ by, and never freezes.
class Belief {
 public:
  Belief() : Belief(BeliefParameters{}) {}
  explicit Belief(const BeliefParameters& parameters);

  /// Time passes: `dt_s` seconds under exposure z and feedback u. Exact for constant z and u and a person who
  /// is known, so that many short steps then equal one long one; otherwise the product of reactivity and v
  /// counts with its mean and made linear. A step that is not finite or not above 0 changes nothing.
  void predict(double dt_s, double z, double u);

  /// The monitor spoke. The variance of its moments is multiplied by memory / (time since it spoke last), at
  /// least 1: neighbouring outputs share nearly all of their window. Says nothing (and changes nothing) with
  /// no present feature.
  void update_monitor(const MonitorOutput& output);

  /// The patient answered, `suds` 0..100. An answer at an end of the scale says "here or beyond".
  void update_suds(double suds);
  /// The patient answered, `comfort` 0..10, 10 = well. Ends as with `update_suds`.
  void update_comfort(double comfort);

  /// One attention step of 250 ms: engaged with the target or not. Moments of the non-Gaussian posterior of x
  /// and v by Gauss–Hermite quadrature along the one direction that y sees.
  void update_attention(bool engaged);

  [[nodiscard]] BeliefState state() const;
  [[nodiscard]] MonitorCalibration calibration() const;
  [[nodiscard]] Responsiveness responsiveness() const;
  /// Of all that is believed, in the order x, v, rest, reactivity, bias, log-gain.
  [[nodiscard]] const std::array<std::array<double, 6>, 6>& covariance() const { return cov_; }
  [[nodiscard]] const BeliefParameters& parameters() const { return parameters_; }
  void reset();

  /// How an output tells of x.
  struct Reading {
    double value = 0.0;                               ///< as a measurement of x
    double scale_of_bias = 0.0, scale_of_gain = 0.0;  ///< of the usual bias and log-gain, for these sensors
    double noise = 0.0;  ///< variance of one that stands for itself, within a person
  };
  [[nodiscard]] static Reading reading_of(const BeliefParameters& parameters, const MonitorOutput& output);

 private:
  enum Of : std::size_t { x, v, rest, reactivity, bias, gain };  // gain: its logarithm
  static constexpr std::size_t size = 6;
  static constexpr std::size_t of_person = 4;  ///< so many first are the person's, the others the monitor's
  using Vector = std::array<double, size>;

  void follow(double dt_s, double z, double u);
  void fade(double dt_s, double z);
  void drift(Of of, double keep, double usual_mean);
  void answer(Of of, double share, double sd);
  void learn_along(const Vector& direction, double shift, double shrink);

  BeliefParameters parameters_;
  Vector mean_{};
  std::array<Vector, size> cov_{};
  double since_monitor_s_ = 0.0;  ///< infinite before it first spoke
};

}  // namespace attune::state
