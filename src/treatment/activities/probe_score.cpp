#include "attune/treatment/activities/probe_score.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr float too_fast_ms = 200.0F;  // nobody sees and answers within that
constexpr float outlier_deviations = 3.0F;
constexpr float normal_scale = 1.4826F;  // from the median absolute deviation to sigma of a normal
constexpr int fewest = 4;
constexpr double z_95 = 1.959964;  // 97.5 % point of the normal

/// Mean and spread of times that come one by one.
struct Times {
  int count = 0;
  double sum = 0.0, squares = 0.0;
  void add(float time_ms) {
    const auto value = static_cast<double>(time_ms);
    ++count;
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double mean() const { return sum / count; }
  [[nodiscard]] double squared_error() const {
    return std::max(0.0, (squares - sum * sum / count) / (count - 1)) / count;
  }
};

float median(std::span<float> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5F * (*middle + *std::max_element(values.begin(), middle));
}

bool counts(const ProbeAnswer& answer) {
  return answer.given && answer.correct && !answer.trial.neutral_pair && answer.time_ms >= too_fast_ms;
}

/// The times that are believed, as a range.
struct Believed {
  float low = 0.0F, high = 0.0F;
};
Believed believed(std::span<const ProbeAnswer> answers) {
  std::array<float, most_probe_trials> buffer{};
  std::size_t count = 0;
  for (const auto& answer : answers) {
    if (counts(answer)) buffer[count++] = answer.time_ms;
  }
  if (count == 0) return {};
  const std::span<float> times(buffer.data(), count);
  const float centre = median(times);
  for (auto& time : times) time = std::abs(time - centre);
  const float reach = outlier_deviations * normal_scale * median(times);
  return {centre - reach, centre + reach};
}

/// Spearman-Brown for twice the length. Halves that go against each other tell nobody apart.
double of_whole_length(double halves_r) { return halves_r > 0.0 ? 2.0 * halves_r / (1.0 + halves_r) : 0.0; }

std::optional<float> difference_ms(const Times& from_threat, const Times& to_threat, int least) {
  if (from_threat.count < least || to_threat.count < least) return std::nullopt;
  return static_cast<float>(from_threat.mean() - to_threat.mean());
}

}  // namespace

ProbeResult probe_score(std::span<const ProbeAnswer> answers) {
  answers = answers.first(std::min(answers.size(), most_probe_trials));
  ProbeResult result;
  result.shown = static_cast<std::uint16_t>(answers.size());
  const auto range = believed(answers);
  std::array<Times, 2> to_threat, from_threat;  // odd, even
  std::array<int, 2> seen{};
  for (const auto& answer : answers) {
    result.answered = static_cast<std::uint16_t>(result.answered + (answer.given ? 1 : 0));
    result.correct = static_cast<std::uint16_t>(result.correct + (answer.given && answer.correct ? 1 : 0));
    if (!counts(answer) || answer.time_ms < range.low || answer.time_ms > range.high) continue;
    ++result.used;
    const bool congruent = answer.trial.congruent();
    const auto half = static_cast<std::size_t>(seen[congruent ? 1 : 0]++ % 2);
    (congruent ? to_threat : from_threat)[half].add(answer.time_ms);
  }
  const auto both = [](const std::array<Times, 2>& halves) {
    return Times{halves[0].count + halves[1].count, halves[0].sum + halves[1].sum,
                 halves[0].squares + halves[1].squares};
  };
  const auto to = both(to_threat), from = both(from_threat);
  result.bias_ms = difference_ms(from, to, fewest);
  if (!result.bias_ms) return result;
  result.to_threat_ms = static_cast<float>(to.mean());
  result.from_threat_ms = static_cast<float>(from.mean());
  result.bias_error_ms = static_cast<float>(std::sqrt(to.squared_error() + from.squared_error()));
  result.odd_half_ms = difference_ms(from_threat[0], to_threat[0], fewest / 2);
  result.even_half_ms = difference_ms(from_threat[1], to_threat[1], fewest / 2);
  return result;
}

std::optional<SplitHalf> split_half_reliability(std::span<const BiasHalves> people) {
  if (people.size() < 3) return std::nullopt;
  double odd = 0.0, even = 0.0;
  for (const auto& person : people) {
    odd += static_cast<double>(person.odd_ms);
    even += static_cast<double>(person.even_ms);
  }
  const auto count = static_cast<double>(people.size());
  odd /= count;
  even /= count;
  double together = 0.0, odd_squares = 0.0, even_squares = 0.0;
  for (const auto& person : people) {
    const double a = static_cast<double>(person.odd_ms) - odd, b = static_cast<double>(person.even_ms) - even;
    together += a * b;
    odd_squares += a * a;
    even_squares += b * b;
  }
  if (!(odd_squares > 0.0 && even_squares > 0.0)) return std::nullopt;
  SplitHalf result;
  result.people = people.size();
  result.halves_r = std::clamp(together / std::sqrt(odd_squares * even_squares), -1.0, 1.0);
  result.reliability = of_whole_length(result.halves_r);
  if (people.size() > 3) {
    const double z = std::atanh(result.halves_r), reach = z_95 / std::sqrt(count - 3.0);
    result.low = of_whole_length(std::tanh(z - reach));
    result.high = of_whole_length(std::tanh(z + reach));
  }
  return result;
}

}  // namespace attune::treatment
