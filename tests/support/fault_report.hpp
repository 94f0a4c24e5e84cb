#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace attune::test {

/// What the fault layer says it did: the frames, by kind of fault. Frames are counted from 1.
class FaultReport {
 public:
  FaultReport() = default;
  explicit FaultReport(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string kind;
    for (long frame = 0; file >> kind >> frame;) frames_[kind].push_back(frame);
  }
  /// How often a kind took effect.
  [[nodiscard]] std::size_t count(const std::string& kind) const {
    const auto found = frames_.find(kind);
    return found == frames_.end() ? 0 : found->second.size();
  }
  /// The kinds of an ATTUNE_FAULT that never did.
  [[nodiscard]] std::string missing(const std::string& fault) const {
    std::string missing;
    for (std::size_t at = 0; at < fault.size();) {
      const auto end = std::min(fault.find(';', at), fault.size());
      const auto kind = fault.substr(at, fault.find('@', at) - at);
      if (count(kind) == 0) missing += kind + " ";
      at = end + 1;
    }
    return missing;
  }

 private:
  std::map<std::string, std::vector<long>> frames_;
};

}  // namespace attune::test
