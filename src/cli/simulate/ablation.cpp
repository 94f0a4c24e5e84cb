#include "cli/simulate/ablation.hpp"

#include <utility>

namespace attune::cli {

namespace {

/// Networks of which one part is replaced; the others are as they were.
class Replaced : public session::Networks {
 public:
  explicit Replaced(std::shared_ptr<session::Networks> whole) : whole_(std::move(whole)) {}

  state::MonitorOutput infer(const state::Features& features, const state::OwnStart& own) override {
    return whole_->infer(features, own);
  }
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding& embedding) override {
    return whole_->wanted_change(embedding);
  }
  std::array<state::Contribution, 5> explain(const state::Features& features,
                                             const state::OwnStart& own) const override {
    return whole_->explain(features, own);
  }

 protected:
  std::shared_ptr<session::Networks> whole_;
};

class NoTreatment final : public Replaced {
 public:
  using Replaced::Replaced;
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding&) override { return 0.0F; }
};

/// Says the same of everybody: what the network makes of inputs that are all as usual.
class MeanMonitor final : public Replaced {
 public:
  explicit MeanMonitor(std::shared_ptr<session::Networks> whole)
      : Replaced(std::move(whole)), mean_(whole_->infer({}, {})) {}

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

}  // namespace

std::optional<Ablation> ablation_of(std::string_view name) {
  if (name == "treatment") return Ablation::treatment;
  if (name == "monitor") return Ablation::monitor;
  if (name == "reports") return Ablation::reports;
  if (name == "sensors") return Ablation::sensors;
  return std::nullopt;
}

std::shared_ptr<session::Networks> without(std::optional<Ablation> part,
                                           std::shared_ptr<session::Networks> networks) {
  if (!networks) return networks;
  if (part == Ablation::treatment) return std::make_shared<NoTreatment>(std::move(networks));
  if (part == Ablation::monitor) return std::make_shared<MeanMonitor>(std::move(networks));
  return networks;
}

}  // namespace attune::cli
