#include "sim/suds_persons.hpp"

#include <array>

#include "attune/sim/random.hpp"

namespace attune::sim {

namespace {

constexpr double usual_presence = 0.98;  // of v0: a session makes people a little sick

std::array<Column Persons::*, 12> columns() {
  return {&Persons::x0,        &Persons::rho_v,      &Persons::gamma, &Persons::calming,
          &Persons::per_up_s,  &Persons::per_down_s, &Persons::kappa, &Persons::lambda,
          &Persons::avoidance, &Persons::attending,  &Persons::bias,  &Persons::variance};
}

}  // namespace

Persons::Persons(Eigen::Index count) {
  for (const auto column : columns()) (this->*column).resize(count);
}

Persons::Persons(const Population& population, std::size_t count, std::uint64_t seed)
    : Persons(static_cast<Eigen::Index>(count)) {
  std::mt19937_64 random(seed);
  for (Eigen::Index i = 0; i < x0.size(); ++i) {
    const auto p = draw_patient(population, random);
    const auto set = [i](Column& column, double value) { column(i) = static_cast<float>(value); };
    set(x0, p.x0);
    set(rho_v, p.rho * p.v0 * usual_presence);
    set(gamma, p.gamma);
    set(calming, p.relief * p.compliance);
    set(per_up_s, 1.0 / p.tau_up_s);
    set(per_down_s, 1.0 / p.tau_down_s);
    set(kappa, 1.6 / (60.0 * p.habituation_min));
    set(lambda, 1.0 / (60.0 * p.return_min));
    set(avoidance, 3.0 * p.alpha);
    set(attending, 1.6 + 0.5 * p.v0);
    set(bias, p.bias);
    set(variance, p.sigma * p.sigma);
  }
}

Persons Persons::chosen(const std::vector<Eigen::Index>& rows) const {
  Persons some(static_cast<Eigen::Index>(rows.size()));
  for (const auto column : columns()) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      (some.*column)(static_cast<Eigen::Index>(i)) = (this->*column)(rows[i]);
  }
  return some;
}

}  // namespace attune::sim
