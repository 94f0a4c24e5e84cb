#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace attune::core {

/// What went wrong, in one sentence that a user can act on. It names the file, the row or the option.
struct Error {
  /// Decides the exit status: a failed check or device is 1, bad input or usage is 2.
  enum class Kind { failed = 1, bad_input = 2 };

  std::string message;
  Kind kind = Kind::bad_input;

  /// The same error with the place where it happened in front: "place: message".
  [[nodiscard]] Error within(const std::string& place) const { return {place + ": " + message, kind}; }
};

[[nodiscard]] inline Error bad_input(std::string message) {
  return {std::move(message), Error::Kind::bad_input};
}
[[nodiscard]] inline Error failed(std::string message) { return {std::move(message), Error::Kind::failed}; }

/// A value or the error that took its place.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}      // NOLINT(google-explicit-constructor): `return value;`
  Result(Error error) : held_(std::move(error)) {}  // NOLINT(google-explicit-constructor): `return error;`

  [[nodiscard]] bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return *std::get_if<0>(&held_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&held_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&held_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&held_);
  }

 private:
  std::variant<T, Error> held_;
};

/// Nothing, or the error that stopped it.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : held_(std::move(error)) {}  // NOLINT(google-explicit-constructor): `return error;`

  [[nodiscard]] bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&held_);
  }

 private:
  std::variant<std::monostate, Error> held_;
};

}  // namespace attune::core
