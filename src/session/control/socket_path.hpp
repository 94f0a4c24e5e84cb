#pragma once

#include <sys/types.h>

#include <filesystem>
#include <utility>

#include "attune/core/result.hpp"

namespace attune::session::control {

/// A Unix socket that listens on a path, for its owner alone (mode 0600). The path goes with it, unless
/// somebody has put something else there meanwhile.
class ListeningSocket {
 public:
  /// A socket that nobody listens on any more is replaced. Errors, status 2: something else is there,
  /// another session listens there, the path is too long, or it cannot be made.
  [[nodiscard]] static core::Result<ListeningSocket> open(const std::filesystem::path& path);
  ListeningSocket(ListeningSocket&& other) noexcept
      : path_(std::move(other.path_)),
        descriptor_(std::exchange(other.descriptor_, -1)),
        device_(other.device_),
        inode_(std::exchange(other.inode_, 0)) {}
  ~ListeningSocket();

  /// Gives the descriptor, which does not block, to somebody who closes it.
  [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

 private:
  ListeningSocket(std::filesystem::path path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_ = -1;
  dev_t device_ = 0;
  ino_t inode_ = 0;  ///< of the path; 0: nothing of ours is there
};

}  // namespace attune::session::control
