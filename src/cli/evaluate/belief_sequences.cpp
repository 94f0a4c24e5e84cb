#include "cli/evaluate/belief_sequences.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "attune/sim/random.hpp"
#include "cli/evaluate/belief_grid.hpp"
#include "cli/evaluate/belief_person_grid.hpp"

namespace attune::cli {

namespace {

constexpr int moments = 24;

double chance_of(const state::BeliefParameters& p, double x, double v) {
  return 1.0 / (1.0 + std::exp(-(p.attention_a + p.attention_b * x + p.attention_c * v)));
}

/// What a person answers on a scale of 0..1, whose ends hold all that lies beyond.
double on_scale(double value) { return std::clamp(value, 0.0, 1.0); }

/// Draws the truth from the model: the state, how this person answers exposure, and how the monitor reads
/// them.
class Person {
 public:
  Person(const state::BeliefParameters& p, std::mt19937_64& random)
      : p_(p),
        random_(random),
        rest_(p.rest + p.rest_sd * sim::normal(random)),
        reactivity_(p.reactivity + p.reactivity_sd * sim::normal(random)),
        x_(rest_ + p.spread_x * sim::normal(random)),
        v_(p.usual_v + p.spread_v * sim::normal(random)),
        bias_(p.bias_sd * sim::normal(random)),
        gain_(p.log_gain_sd * sim::normal(random)) {}

  void live(double dt_s, double z, double u) {
    const double before = reactivity_;
    live_on(dt_s, z);
    const auto t = small_steps(p_, {rest_, before, reactivity_}, dt_s, z, u);
    const double first = sim::normal(random_), second = sim::normal(random_);
    const double root = std::sqrt(t.noise_vv), slope = t.noise_xv / root;
    x_ = t.xx * x_ + t.xv * v_ + t.shift_x + slope * first + std::sqrt(t.noise_xx - slope * slope) * second;
    v_ = t.vv * v_ + t.shift_v + root * first;
    const double keep = std::exp(-dt_s / p_.calibration_memory_s), lost = std::sqrt(1.0 - keep * keep);
    bias_ = keep * bias_ + lost * p_.bias_sd * sim::normal(random_);
    gain_ = keep * gain_ + lost * p_.log_gain_sd * sim::normal(random_);
    since_monitor_s_ += dt_s;
  }

  void show(BeliefEvent& e) {
    using Kind = BeliefEvent::Kind;
    e.x = x_;
    e.v = v_;
    e.rest = rest_;
    e.reactivity = reactivity_;
    switch (e.kind) {
      case Kind::monitor: {
        const double shared = std::max(p_.monitor_memory_s / since_monitor_s_, 1.0);
        e.monitor.present_count = 1;
        e.monitor.sd = static_cast<float>(sim::uniform(random_, 0.10, 0.30));
        e.monitor.person_sd =
            static_cast<float>(sim::uniform(random_, 0.02, 0.8 * static_cast<double>(e.monitor.sd)));
        const auto reading = state::Belief::reading_of(p_, e.monitor);
        e.variance = reading.noise * shared;
        e.monitor.estimate = static_cast<float>(p_.pivot_x + reading.scale_of_bias * bias_ +
                                                std::exp(reading.scale_of_gain * gain_) * (x_ - p_.pivot_x) +
                                                std::sqrt(e.variance) * sim::normal(random_));
        since_monitor_s_ = 0.0;
        break;
      }
      case Kind::attention:
        e.engaged = sim::unit(random_) < chance_of(p_, x_, v_);
        break;
      case Kind::suds:
        e.value = on_scale(x_ + p_.suds_sd * sim::normal(random_));
        break;
      case Kind::comfort:
        e.value = on_scale(v_ + p_.comfort_sd * sim::normal(random_));
        break;
      case Kind::silence:
        break;
    }
  }

 private:
  /// dr = ((usual − r) / memory − z r / habituation) dt + noise, and rest likewise without exposure.
  void live_on(double dt_s, double z) {
    const double back = 1.0 / p_.person_memory_s, rate = back + z / p_.habituation_s;
    const double keep_rest = std::exp(-back * dt_s), keep = std::exp(-rate * dt_s);
    rest_ = p_.rest + keep_rest * (rest_ - p_.rest) +
            p_.rest_sd * std::sqrt(1.0 - keep_rest * keep_rest) * sim::normal(random_);
    reactivity_ = back / rate * p_.reactivity + keep * (reactivity_ - back / rate * p_.reactivity) +
                  p_.reactivity_sd * std::sqrt(back / rate * (1.0 - keep * keep)) * sim::normal(random_);
  }

  const state::BeliefParameters& p_;
  std::mt19937_64& random_;
  double rest_, reactivity_, x_, v_, bias_, gain_;
  double since_monitor_s_ = std::numeric_limits<double>::infinity();
};

BeliefEvent::Kind draw_kind(std::mt19937_64& random) {
  using Kind = BeliefEvent::Kind;
  const double chance = sim::unit(random);
  return chance < 0.45   ? Kind::monitor
         : chance < 0.75 ? Kind::attention
         : chance < 0.85 ? Kind::suds
         : chance < 0.93 ? Kind::comfort
                         : Kind::silence;
}

template <typename Grid>
void live_through(const BeliefEvent& e, Grid& grid) {
  using Kind = BeliefEvent::Kind;
  grid.predict(e.dt_s, e.z, e.u);
  if (e.kind == Kind::monitor) grid.monitor(e.monitor, e.variance);
  if (e.kind == Kind::attention) grid.attention(e.engaged);
  if (e.kind == Kind::suds) grid.suds(e.value);
  if (e.kind == Kind::comfort) grid.comfort(e.value);
}

/// @param more  called with result, belief and grid after every event.
template <typename Grid, typename More>
GridComparison compare(const state::BeliefParameters& parameters, BeliefPace pace, std::size_t sequences,
                       std::uint64_t seed, const std::function<void(std::size_t)>& progress, More&& more) {
  GridComparison result;
  const Grid prior(parameters);
  for (std::size_t i = 0; i < sequences; ++i) {
    std::mt19937_64 random(sim::derived_seed(seed, i));
    state::Belief belief(parameters);
    auto grid = prior;
    for (const auto& event : draw_sequence(parameters, pace, random)) {
      live_through(event, belief);
      live_through(event, grid);
      const auto said = belief.state(), best = grid.moments();
      result.divergence.push_back(grid.divergence_from(said));
      result.x_off.push_back(std::abs(said.x - best.x) / best.sd_x());
      result.x.add(std::abs(event.x - said.x) / said.sd_x());
      result.v.add(std::abs(event.v - said.v) / said.sd_v());
      result.grid_x.add(std::abs(event.x - best.x) / best.sd_x());
      more(result, belief, grid);
    }
    progress(i + 1);
  }
  return result;
}

/// Microseconds of processor time of one call: the median over many small batches, so that a disturbance
/// spoils few.
template <typename Work>
double median_us(Work&& work) {
  constexpr int batches = 300, calls = 100;
  std::vector<double> times;
  for (int b = 0; b < batches; ++b) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) work(i);
    times.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / calls);
  }
  std::nth_element(times.begin(), times.begin() + batches / 2, times.end());
  return times[batches / 2];
}

}  // namespace

void Coverage::add(double off) {
  ++count;
  within_50 += off < 0.67448975 ? 1U : 0U;
  within_80 += off < 1.28155157 ? 1U : 0U;
  within_95 += off < 1.95996398 ? 1U : 0U;
}

void Coverage::add(const Coverage& other) {
  count += other.count;
  within_50 += other.within_50;
  within_80 += other.within_80;
  within_95 += other.within_95;
}

std::vector<BeliefEvent> draw_sequence(const state::BeliefParameters& parameters, BeliefPace pace,
                                       std::mt19937_64& random) {
  Person person(parameters, random);
  std::vector<BeliefEvent> events;
  double z = sim::unit(random), u = 0.0;
  for (int i = 0; i < moments; ++i) {
    if (sim::unit(random) < 0.2) z = sim::unit(random);
    if (sim::unit(random) < 0.2) u = sim::unit(random) < 0.3 ? 1.0 : 0.0;
    BeliefEvent e;
    e.dt_s = sim::uniform(random, pace.from_s, pace.to_s);
    e.z = z;
    e.u = u;
    e.kind = draw_kind(random);
    person.live(e.dt_s, z, u);
    person.show(e);
    events.push_back(e);
  }
  return events;
}

void live_through(const BeliefEvent& e, state::Belief& belief) {
  using Kind = BeliefEvent::Kind;
  const auto steps = static_cast<int>(std::ceil(e.dt_s / 0.25));
  for (int i = 0; i < steps; ++i) belief.predict(e.dt_s / steps, e.z, e.u);
  if (e.kind == Kind::monitor) belief.update_monitor(e.monitor);
  if (e.kind == Kind::attention) belief.update_attention(e.engaged);
  if (e.kind == Kind::suds) belief.update_suds(100.0 * e.value);
  if (e.kind == Kind::comfort) belief.update_comfort(10.0 * e.value);
}

GridComparison compare_known_person(std::size_t sequences, std::uint64_t seed,
                                    const std::function<void(std::size_t)>& progress) {
  state::BeliefParameters parameters;
  parameters.rest_sd = parameters.reactivity_sd = 0.0;
  parameters.habituation_s = std::numeric_limits<double>::infinity();
  return compare<BeliefGrid>(parameters, short_pace, sequences, seed, progress, [](auto&&...) {});
}

GridComparison compare_stranger(std::size_t sequences, std::uint64_t seed,
                                const std::function<void(std::size_t)>& progress) {
  state::BeliefParameters parameters;
  parameters.bias_sd = parameters.log_gain_sd = 0.0;
  return compare<PersonGrid>(
      parameters, long_pace, sequences, seed, progress,
      [](GridComparison& result, const state::Belief& belief, const PersonGrid& grid) {
        const auto said = belief.responsiveness(), best = grid.responsiveness();
        result.reactivity_off.push_back(std::abs(said.reactivity - best.reactivity) / best.sd_reactivity);
      });
}

DrawnCoverage cover_drawn(std::size_t sequences, std::uint64_t seed) {
  DrawnCoverage coverage;
  const state::BeliefParameters parameters;
  for (std::size_t i = 0; i < sequences; ++i) {
    std::mt19937_64 random(sim::derived_seed(seed, i));
    state::Belief belief;
    for (const auto& event : draw_sequence(parameters, long_pace, random)) {
      live_through(event, belief);
      const auto moment = belief.state();
      const auto person = belief.responsiveness();
      coverage.x.add(std::abs(event.x - moment.x) / moment.sd_x());
      coverage.v.add(std::abs(event.v - moment.v) / moment.sd_v());
      coverage.rest.add(std::abs(event.rest - person.rest) / person.sd_rest);
      coverage.reactivity.add(std::abs(event.reactivity - person.reactivity) / person.sd_reactivity);
    }
  }
  return coverage;
}

double BeliefCost::update_us() const { return predict_us + std::max({monitor_us, attention_us, suds_us}); }

BeliefCost measure_cost() {
  state::Belief belief;
  state::MonitorOutput output;
  output.sd = 0.1F;
  output.person_sd = 0.06F;
  output.present_count = 1;
  BeliefCost cost;
  // Each kind with the prediction that stands between two of them, which is then taken off again.
  const auto step = [&] { belief.predict(0.25, 0.4, 0.0); };
  cost.predict_us = median_us([&](int) { step(); });
  cost.monitor_us = median_us([&](int i) {
    step();
    output.estimate = 0.3F + 0.004F * static_cast<float>(i);
    belief.update_monitor(output);
  });
  cost.attention_us = median_us([&](int i) {
    step();
    belief.update_attention(i % 3 != 0);
  });
  cost.suds_us = median_us([&](int i) {
    step();
    belief.update_suds(static_cast<double>(i));
  });
  for (auto* time : {&cost.monitor_us, &cost.attention_us, &cost.suds_us})
    *time = std::max(*time - cost.predict_us, 0.0);
  return cost;
}

}  // namespace attune::cli
