// The only file of the project that is compiled with LibTorch; valid C++17.
#include <dlfcn.h>
#include <torch/optim/adamw.h>
#include <torch/serialize.h>
#include <torch/utils.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <sstream>

#include "learn/torch/network.hpp"

namespace attune::learn {

namespace {

/// The first line of what an exception says: LibTorch appends a stack trace.
std::string first_line(const std::exception& problem) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&problem);
  const std::string text = torch_error != nullptr ? torch_error->what_without_backtrace() : problem.what();
  return text.substr(0, text.find('\n'));
}

/// Runs `work`, which returns nothing; what it throws ends here.
template <typename Work>
bool guarded(std::string& error, Work work) {
  try {
    work();
    return true;
  } catch (const std::exception& problem) {
    error = first_line(problem);
  } catch (...) {
    error = "an unknown exception in LibTorch";
  }
  return false;
}

/// Borrows the caller's floats.
torch::Tensor borrow(const float* values, std::size_t rows, std::size_t columns) {
  return torch::from_blob(const_cast<float*>(values), {Network::long_of(rows), Network::long_of(columns)},
                          torch::kFloat);
}

std::vector<float> copied(const torch::Tensor& tensor) {
  const auto plain = tensor.detach().to(torch::kFloat).contiguous();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

class LoadedNetwork final : public NetworkBackend {
 public:
  LoadedNetwork(const std::string& bytes, const NetworkShape& shape)
      : shape_(shape), network_(std::make_shared<Network>(shape)) {
    const auto empty = std::make_shared<Network>(shape);
    std::istringstream stream(bytes);
    torch::load(network_, stream);
    network_->eval();
    // Reading replaces tensors without a look at their sizes.
    check_like(network_->named_parameters(), empty->named_parameters());
    check_like(network_->named_buffers(), empty->named_buffers());
    weights_ = {copied(network_->fc1->weight),
                copied(network_->fc1->bias),
                copied(network_->fc2->weight),
                copied(network_->fc2->bias),
                copied(network_->fc3->weight),
                copied(network_->fc3->bias),
                {},
                {},
                {}};
    if (shape.standardised) {
      weights_.mean = copied(network_->mean);
      weights_.scale = copied(network_->scale);
      weights_.settle_s = copied(network_->settle_s);
    }
  }

  const NetworkWeights& weights() const override { return weights_; }

  bool forward(const float* inputs, std::size_t rows, float* outputs, float* embeddings,
               std::string& error) override {
    return guarded(error, [&] {
      const torch::NoGradGuard no_gradients;
      const auto result = network_->forward(borrow(inputs, rows, shape_.inputs));
      const auto output = result.first.contiguous(), embedding = result.second.contiguous();
      std::memcpy(outputs, output.data_ptr<float>(), rows * shape_.outputs * sizeof(float));
      if (embeddings != nullptr) {
        std::memcpy(embeddings, embedding.data_ptr<float>(), rows * shape_.hidden2 * sizeof(float));
      }
    });
  }

 private:
  template <typename Items>
  static void check_like(const Items& is, const Items& should) {
    for (const auto& item : should) {
      const auto& found = is[item.key()];
      if (found.sizes() == item.value().sizes() && found.scalar_type() == torch::kFloat) continue;
      std::ostringstream text;
      text << "'" << item.key() << "' has the shape " << found.sizes() << ", not " << item.value().sizes();
      throw std::runtime_error(text.str());
    }
  }

  NetworkShape shape_;
  std::shared_ptr<Network> network_;
  NetworkWeights weights_;
};

class Trainer final : public TrainerBackend {
 public:
  Trainer(const NetworkShape& shape, const InputScales& scales, const Learning& learning, std::uint64_t seed)
      : shape_(shape),
        network_(seeded(shape, seed)),
        adam_(network_->parameters(),
              torch::optim::AdamWOptions(learning.rate).weight_decay(learning.decay)) {
    if (shape.standardised) {
      const auto set = [](torch::Tensor& buffer, const std::vector<float>& values) {
        buffer.copy_(borrow(values.data(), 1, values.size())[0]);
      };
      set(network_->mean, scales.mean);
      set(network_->scale, scales.scale);
      set(network_->settle_s, scales.settle_s);
    }
  }

  bool step(const float* inputs, const float* labels, std::size_t rows, double& loss,
            std::string& error) override {
    return guarded(error, [&] {
      adam_.zero_grad();
      auto batch_loss = loss_of(inputs, labels, rows);
      batch_loss.backward();
      adam_.step();
      loss = batch_loss.item<double>();
    });
  }

  bool begin_at(const float* lines, std::string& error) override {
    return guarded(error, [&] {
      if (std::min(shape_.hidden1, shape_.hidden2) < 2 * shape_.outputs)
        throw std::runtime_error("the hidden layers are too narrow to carry a line for every output");
      const torch::NoGradGuard no_gradients;
      network_->fc3->weight.zero_();
      network_->fc3->bias.zero_();
      for (std::size_t k = 0; k < shape_.outputs; ++k) {
        const float* line = lines + k * (shape_.inputs + 1);
        const auto weights = borrow(line, 1, shape_.inputs)[0];
        for (const std::size_t below : {0U, 1U}) {
          const auto unit = Network::long_of(2 * k + below);
          const float sign = below == 0 ? 1.0F : -1.0F;
          network_->fc1->weight[unit].copy_(sign * weights);
          network_->fc1->bias[unit].fill_(sign * line[shape_.inputs]);
          network_->fc2->weight[unit].zero_();
          network_->fc2->weight[unit][unit].fill_(1.0F);
          network_->fc2->bias[unit].zero_();
          network_->fc3->weight[Network::long_of(k)][unit].fill_(sign);
        }
      }
    });
  }

  bool predict(const float* inputs, std::size_t rows, float* outputs, std::string& error) override {
    return guarded(error, [&] {
      const torch::NoGradGuard no_gradients;
      const auto result = network_->forward(borrow(inputs, rows, shape_.inputs)).first.contiguous();
      std::memcpy(outputs, result.data_ptr<float>(), rows * shape_.outputs * sizeof(float));
    });
  }

  bool save(std::string& bytes, std::string& error) override {
    return guarded(error, [&] {
      std::ostringstream stream;
      torch::save(network_, stream);
      bytes = stream.str();
    });
  }

 private:
  static std::shared_ptr<Network> seeded(const NetworkShape& shape, std::uint64_t seed) {
    torch::manual_seed(seed);
    return std::make_shared<Network>(shape);
  }
  torch::Tensor loss_of(const float* inputs, const float* labels, std::size_t rows) {
    const auto said = network_->forward(borrow(inputs, rows, shape_.inputs)).first;
    const auto wanted = borrow(labels, rows, shape_.outputs);
    return shape_.outputs == 1 ? torch::mse_loss(said, wanted) : torch::cross_entropy_loss(said, wanted);
  }

  NetworkShape shape_;
  std::shared_ptr<Network> network_;
  torch::optim::AdamW adam_;
};

class Backend final : public TorchBackend {
 public:
  Backend() {
    // One thread: batches are small, and sums in another order would be other bytes.
    torch::set_num_threads(1);
    if (auto* set_threads =
            reinterpret_cast<void (*)(int)>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) {
      set_threads(1);
    }
  }

  std::unique_ptr<NetworkBackend> load(const std::string& bytes, const NetworkShape& shape,
                                       std::string& error) override {
    std::unique_ptr<NetworkBackend> network;
    guarded(error, [&] { network = std::make_unique<LoadedNetwork>(bytes, shape); });
    return network;
  }

  bool level(std::string& bytes, const NetworkShape& shape, double factor, double shift,
             std::string& error) override {
    return guarded(error, [&] {
      const torch::NoGradGuard no_gradients;
      const auto network = std::make_shared<Network>(shape);
      std::istringstream before(bytes);
      torch::load(network, before);
      network->fc3->weight.mul_(factor);
      network->fc3->bias.mul_(factor).add_(shift);
      std::ostringstream after;
      torch::save(network, after);
      bytes = after.str();
    });
  }

  std::unique_ptr<TrainerBackend> train(const NetworkShape& shape, const InputScales& scales,
                                        const Learning& learning, std::uint64_t seed,
                                        std::string& error) override {
    std::unique_ptr<TrainerBackend> trainer;
    guarded(error, [&] { trainer = std::make_unique<Trainer>(shape, scales, learning, seed); });
    return trainer;
  }
};

}  // namespace

}  // namespace attune::learn

extern "C" __attribute__((visibility("default"))) attune::learn::TorchBackend* attune_torch_backend(
    unsigned version) {
  if (version != attune::learn::backend_version) return nullptr;
  static attune::learn::Backend backend;
  return &backend;
}
