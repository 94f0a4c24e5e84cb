#include "cli/simulate/ablation.hpp"

#include <array>
#include <utility>

#include "cli/simulate/forwarding_networks.hpp"

namespace attune::cli {

namespace {

class NoTreatment final : public ForwardingNetworks {
 public:
  using ForwardingNetworks::ForwardingNetworks;
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding&) override { return 0.0F; }
};

/// Says the same of everybody: what the network makes of inputs that are all as usual.
class MeanMonitor final : public ForwardingNetworks {
 public:
  explicit MeanMonitor(std::shared_ptr<session::Networks> whole)
      : ForwardingNetworks(std::move(whole)), mean_(whole_->infer({}, {})) {}

  state::MonitorOutput infer(const state::Features& features, const state::OwnStart& own) override {
    auto output = mean_;
    output.present_count = whole_->infer(features, own).present_count;
    return output;
  }
  std::array<state::Contribution, 5> explain(const state::Features&, const state::OwnStart&) const override {
    return {};
  }

 private:
  state::MonitorOutput mean_;
};

using namespace std::string_view_literals;

constexpr std::array names{
    std::pair(Ablation::treatment, "treatment"sv), std::pair(Ablation::monitor, "monitor"sv),
    std::pair(Ablation::reports, "reports"sv), std::pair(Ablation::sensors, "sensors"sv)};

}  // namespace

std::optional<Ablation> ablation_of(std::string_view name) {
  for (const auto& [part, word] : names) {
    if (word == name) return part;
  }
  return std::nullopt;
}

std::string_view name_of(Ablation part) {
  for (const auto& [one, word] : names) {
    if (one == part) return word;
  }
  return {};
}

std::shared_ptr<session::Networks> without(std::optional<Ablation> part,
                                           std::shared_ptr<session::Networks> networks) {
  if (!networks) return networks;
  if (part == Ablation::treatment) return std::make_shared<NoTreatment>(std::move(networks));
  if (part == Ablation::monitor) return std::make_shared<MeanMonitor>(std::move(networks));
  return networks;
}

}  // namespace attune::cli
