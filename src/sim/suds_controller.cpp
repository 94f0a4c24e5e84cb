#include "attune/sim/suds_controller.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "attune/sim/random.hpp"
#include "sim/suds_persons.hpp"
#include "sim/words.hpp"

namespace attune::sim {

namespace {

constexpr float answer_variance = 0.06F * 0.06F + 0.0144F * 0.0144F;  // its error, and marks 0.05 apart
constexpr double plan_every_s = 5.0;
constexpr float look_step_s = 5.0F;
constexpr int look_steps = 14;
constexpr std::size_t tried_persons = 64;
constexpr std::array tried_changes{-0.30F, -0.12F, -0.05F, 0.0F, 0.05F, 0.12F, 0.30F};
constexpr float rise_per_s = 0.02F, fall_per_s = 0.02F;  // as a governor lets it be seen
constexpr float session_s = 1200.0F;
constexpr float guide_above = 0.75F;  // as the oracle; the guide hinders learning, so it is no cheap way down

// What a second is worth: habituation as it is, and shares of the session.
// Near overwhelm costs so much, and from so early on, because what is not known of a person is more than the
// particles show: at 0.80 twice as many leave.
constexpr float worth_of_productive = 1.0F, cost_above_75 = 25.0F;
constexpr float softness = 0.02F;  // of the bounds: about the fast part of anxiety, as a logistic's scale

float log_of(float z) { return std::log(std::max(z, 1e-6F)); }

}  // namespace

SudsPrior::SudsPrior(const Population& population, std::size_t persons, std::uint64_t seed)
    : persons_(std::make_shared<const Persons>(population, persons, seed)) {}

struct SudsController::Filter {
  explicit Filter(const Persons& prior)
      : persons(prior),
        lives{prior.x0, Column::Zero(prior.count())},
        weights(Column::Constant(prior.count(), 1.0F / static_cast<float>(prior.count()))),
        tried(0) {
    choose_tried();
  }

  void hear(float said);
  void choose_tried();
  [[nodiscard]] float plan(float z) const;
  [[nodiscard]] float mean() const { return (weights * lives.x).sum(); }

  const Persons& persons;
  Lives lives;
  Column weights;
  std::vector<Eigen::Index> rows;  ///< drawn by weight, once for every way that is tried
  Persons tried;
  double next_question_s = first_asked_s, next_plan_s = 0.0;
  float wanted = 0.1F;
  std::optional<double> suds, answered_s;
};

/// @param said  0..1.
void SudsController::Filter::hear(float said) {
  const Column expected = (lives.x + persons.bias).max(0.0F).min(1.0F);
  Column log_weights = weights.max(1e-30F).log() -
                       0.5F * (said - expected).square() / (persons.variance + answer_variance) -
                       0.5F * (persons.variance + answer_variance).log();
  log_weights -= log_weights.maxCoeff();
  weights = log_weights.exp();
  weights /= weights.sum();
  choose_tried();
}

/// Systematic resampling (Kitagawa, J Comput Graph Stat 5 (1996) 1) with the middle of each stratum.
void SudsController::Filter::choose_tried() {
  std::vector<Eigen::Index> drawn;
  float reached = weights(0);
  Eigen::Index i = 0;
  for (std::size_t k = 0; k < tried_persons; ++k) {
    const float goal = (static_cast<float>(k) + 0.5F) / static_cast<float>(tried_persons);
    while (reached < goal && i + 1 < weights.size()) reached += weights(++i);
    drawn.push_back(i);
  }
  rows.clear();
  for (std::size_t way = 0; way < tried_changes.size(); ++way)
    rows.insert(rows.end(), drawn.begin(), drawn.end());
  tried = persons.chosen(rows);
}

/// The intensity to go to from z: the best of some, over the next minute or so.
float SudsController::Filter::plan(float z) const {
  constexpr auto ways = static_cast<Eigen::Index>(tried_changes.size());
  constexpr auto each = static_cast<Eigen::Index>(tried_persons);
  Lives ahead{Column(ways * each), Column(ways * each)};
  for (Eigen::Index k = 0; k < ways * each; ++k) {
    ahead.x(k) = lives.x(rows[static_cast<std::size_t>(k)]);
    ahead.h(k) = lives.h(rows[static_cast<std::size_t>(k)]);
  }
  std::array<float, tried_changes.size()> goal{}, at{};
  for (std::size_t way = 0; way < goal.size(); ++way) {
    goal[way] = std::clamp(z + tried_changes[way], 0.0F, 1.0F);
    at[way] = z;
  }
  Column worth = -ahead.h;
  Column log_z(ways * each), at_top(ways * each);
  for (int step = 0; step < look_steps; ++step) {
    for (std::size_t way = 0; way < goal.size(); ++way) {
      at[way] += std::clamp(goal[way] - at[way], -fall_per_s * look_step_s, rise_per_s * look_step_s);
      log_z.segment(static_cast<Eigen::Index>(way) * each, each).setConstant(log_of(at[way]));
      at_top.segment(static_cast<Eigen::Index>(way) * each, each).setConstant(at[way] >= 0.99F ? 1.0F : 0.0F);
    }
    live_on(tried, ahead, log_z, 0.0F, look_step_s);
    const Column above_40 = logistic((ahead.x - 0.40F) * (1.0F / softness)).max(at_top);
    const Column above_70 = logistic((ahead.x - 0.70F) * (1.0F / softness));
    const Column above_75 = logistic((ahead.x - 0.75F) * (1.0F / softness));
    worth += (look_step_s / session_s) *
             (worth_of_productive * above_40 * (1.0F - above_70) - cost_above_75 * above_75);
  }
  worth += ahead.h;
  std::size_t best = 0;
  float most = -1e9F;
  for (std::size_t way = 0; way < goal.size(); ++way) {
    const float sum = worth.segment(static_cast<Eigen::Index>(way) * each, each).sum();
    if (sum <= most) continue;
    most = sum;
    best = way;
  }
  return goal[best];
}

SudsController::SudsController(const SudsPrior& prior) : filter_(std::make_unique<Filter>(prior.persons())) {}
SudsController::~SudsController() = default;

PlantInput SudsController::step(const ControllerView& view, std::mt19937_64& random) {
  auto& f = *filter_;
  const auto z = static_cast<float>(view.intensity);
  if (view.time_s >= f.next_question_s) {
    f.next_question_s += ask_every_s;
    if (!view.truth.left) {
      f.suds = answer(telemetry::ReportKind::suds, view.truth, view.patient, random);
      f.answered_s = view.time_s;
      f.hear(static_cast<float>(*f.suds / 100.0));
    }
  }
  if (view.time_s >= f.next_plan_s) {
    f.next_plan_s += plan_every_s;
    f.wanted = f.plan(z);
  }
  const float u = f.mean() > guide_above ? 1.0F : 0.0F;
  live_on(f.persons, f.lives, log_of(z), u, 1.0F);
  return {.z = static_cast<double>(f.wanted), .u = static_cast<double>(u)};
}

SudsController::Belief SudsController::belief() const {
  const auto& f = *filter_;
  const float mean = f.mean();
  const float variance = (f.weights * ((f.lives.x - mean).square() + f.persons.variance)).sum();
  return {static_cast<double>(mean), std::sqrt(static_cast<double>(variance))};
}

std::optional<double> SudsController::last_suds() const { return filter_->suds; }
std::optional<double> SudsController::last_answer_s() const { return filter_->answered_s; }

}  // namespace attune::sim
