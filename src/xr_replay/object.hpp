#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

class Instance;

/// Anything a program holds a handle to. Guarded by the mutex of its instance.
class Object {
 public:
  explicit Object(XrObjectType type) : type_(type) {}
  virtual ~Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  [[nodiscard]] XrObjectType type() const { return type_; }
  [[nodiscard]] std::uint64_t handle() const { return handle_; }
  /// Its handle was destroyed; somebody still uses or refers to what it stands for.
  [[nodiscard]] bool destroyed() const { return destroyed_; }
  /// Called once, under the instance's mutex, when the handle goes.
  virtual void on_destroy() {}

  [[nodiscard]] virtual Instance& instance() = 0;

 private:
  friend class Handles;
  XrObjectType type_;
  std::uint64_t handle_ = 0;
  bool destroyed_ = false;
};

/// All handles of the process. A number is never used twice, so that a stale handle is always found out.
class Handles {
 public:
  /// The one table there is.
  static Handles& all();

  /// Gives `object` a handle below that of `parent` (0: none), with which it will be destroyed.
  std::uint64_t add(std::shared_ptr<Object> object, std::uint64_t parent);
  /// The object of a handle, if it is one of type T; null otherwise.
  template <typename T>
  [[nodiscard]] std::shared_ptr<T> find(std::uint64_t handle) const {
    const auto object = find(handle, T::object_type);
    return std::static_pointer_cast<T>(object);
  }
  /// Takes a handle and all below it away, children first. The caller holds the instance's mutex.
  void destroy(std::uint64_t handle);

 private:
  struct Entry {
    std::shared_ptr<Object> object;
    std::uint64_t parent = 0;
    std::vector<std::uint64_t> children;
  };
  [[nodiscard]] std::shared_ptr<Object> find(std::uint64_t handle, XrObjectType type) const;
  void take(std::uint64_t handle, std::vector<std::shared_ptr<Object>>& taken);

  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, Entry> entries_;
  std::uint64_t next_ = 0x4174'0000'0001;  // far from the small numbers that programs make up
};

template <typename Handle>
[[nodiscard]] std::uint64_t number(Handle handle) {
  static_assert(sizeof(Handle) == sizeof(std::uint64_t));
  return reinterpret_cast<std::uint64_t>(handle);
}

}  // namespace attune::xr_replay
