#pragma once

#include <memory>
#include <utility>

#include "attune/session/networks.hpp"

namespace attune::cli {

/// Networks that are others' but for what a derived class replaces or listens to.
class ForwardingNetworks : public session::Networks {
 public:
  explicit ForwardingNetworks(std::shared_ptr<session::Networks> whole) : whole_(std::move(whole)) {}

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

}  // namespace attune::cli
