// LibTorch on a bad day, for tests: takes the place of libattune_torch.so beside a copy of the program, hands
// everything on to the real one (ATTUNE_REAL_TORCH), and spoils what networks answer, as ATTUNE_SICK_TORCH
// says:
//   stall@N:S   the N-th answer takes S seconds; its beginning is in ATTUNE_FAULT_REPORT (tests/fault_layer)
//   throw@N:S   the N-th answer takes S seconds, and is an exception
//   nan@N, infinite@N, wild@N   from the N-th on every answer is NaN, infinite, or large in turn of signs
// Answers count from 1 in the threads that a session starts; networks are loaded and tried in the main one.
#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <thread>

#include "learn/backend.hpp"

namespace attune::learn {
namespace {

/// What ATTUNE_SICK_TORCH says.
struct Sickness {
  char kind[16] = "";
  long from = 0;
  double seconds = 0.0;

  static Sickness named() {
    Sickness sickness;
    const char* text = std::getenv("ATTUNE_SICK_TORCH");
    if (text != nullptr &&
        std::sscanf(text, "%15[a-z]@%ld:%lf", sickness.kind, &sickness.from, &sickness.seconds) < 2)
      std::abort();
    return sickness;
  }
  [[nodiscard]] bool is(const char* name) const { return std::strcmp(kind, name) == 0; }
};

const Sickness sickness = Sickness::named();
std::atomic<long> answers{0};

/// As the fault layer reports, to the same file.
void report(const char* kind) {
  const char* path = std::getenv("ATTUNE_FAULT_REPORT");
  std::FILE* file = path != nullptr ? std::fopen(path, "a") : nullptr;
  if (file == nullptr) return;
  std::fprintf(file, "%s 0\n", kind);
  std::fclose(file);
}

float spoilt(float value, std::size_t place) {
  if (sickness.is("nan")) return std::numeric_limits<float>::quiet_NaN();
  if (sickness.is("infinite")) return std::numeric_limits<float>::infinity();
  if (sickness.is("wild")) return (answers + static_cast<long>(place)) % 2 == 0 ? 1e30F : -1e30F;
  return value;
}

class SickNetwork final : public NetworkBackend {
 public:
  SickNetwork(std::unique_ptr<NetworkBackend> real, const NetworkShape& shape)
      : real_(std::move(real)), shape_(shape) {}
  const NetworkWeights& weights() const override { return real_->weights(); }
  bool forward(const float* inputs, std::size_t rows, float* outputs, float* embeddings,
               std::string& error) override {
    const bool done = real_->forward(inputs, rows, outputs, embeddings, error);
    if (::gettid() == ::getpid()) return done;
    const long number = ++answers;
    const bool throws = sickness.is("throw");
    if ((sickness.is("stall") || throws) && number == sickness.from) {
      report(sickness.kind);
      std::this_thread::sleep_for(std::chrono::duration<double>(sickness.seconds));
      if (throws) throw std::runtime_error("LibTorch is sick");
    }
    if (number < sickness.from || sickness.from == 0) return done;
    for (std::size_t i = 0; i < rows * shape_.outputs; ++i) outputs[i] = spoilt(outputs[i], i);
    for (std::size_t i = 0; embeddings != nullptr && i < rows * shape_.hidden2; ++i)
      embeddings[i] = spoilt(embeddings[i], i);
    return done;
  }

 private:
  std::unique_ptr<NetworkBackend> real_;
  NetworkShape shape_;
};

class SickTorch final : public TorchBackend {
 public:
  explicit SickTorch(TorchBackend& real) : real_(real) {}
  std::unique_ptr<NetworkBackend> load(const std::string& bytes, const NetworkShape& shape,
                                       std::string& error) override {
    auto network = real_.load(bytes, shape, error);
    if (network == nullptr) return nullptr;
    return std::make_unique<SickNetwork>(std::move(network), shape);
  }
  bool level(std::string& bytes, const NetworkShape& shape, double factor, double shift,
             std::string& error) override {
    return real_.level(bytes, shape, factor, shift, error);
  }
  std::unique_ptr<TrainerBackend> train(const NetworkShape& shape, const InputScales& scales,
                                        const Learning& learning, std::uint64_t seed,
                                        std::string& error) override {
    return real_.train(shape, scales, learning, seed, error);
  }

 private:
  TorchBackend& real_;
};

}  // namespace
}  // namespace attune::learn

extern "C" __attribute__((visibility("default"))) attune::learn::TorchBackend* attune_torch_backend(
    unsigned version) {
  const char* path = std::getenv("ATTUNE_REAL_TORCH");
  void* library = path != nullptr ? ::dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
  if (library == nullptr) return nullptr;
  const auto function =
      reinterpret_cast<attune::learn::BackendFunction>(::dlsym(library, "attune_torch_backend"));
  auto* real = function != nullptr ? function(version) : nullptr;
  if (real == nullptr) return nullptr;
  static attune::learn::SickTorch backend(*real);
  return &backend;
}
