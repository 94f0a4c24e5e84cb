#pragma once

#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "xr_replay/chain.hpp"
#include "xr_replay/instance.hpp"
#include "xr_replay/object.hpp"

namespace attune::xr_replay {

/// One call of a program into the runtime, while it runs: holds the instance's mutex and remembers what to
/// tell the debug messengers, which hear it when the mutex is free again.
class Call {
 public:
  Call(const char* function, Object& subject)
      : instance_(subject.instance().shared_from_this()),
        lock_(instance_->mutex),
        function_(function),
        subject_{XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT, nullptr, subject.type(), subject.handle(),
                 nullptr} {}
  ~Call() { tell(); }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  [[nodiscard]] Instance& instance() { return *instance_; }
  [[nodiscard]] std::unique_lock<std::mutex>& lock() { return lock_; }

  /// The error `code`, told to the debug messengers with what was wrong.
  XrResult fail(XrResult code, std::string what) {
    message(XR_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT, XR_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT,
            std::move(what));
    return code;
  }
  XrResult invalid(std::string what) { return fail(XR_ERROR_VALIDATION_FAILURE, std::move(what)); }

  void message(XrDebugUtilsMessageSeverityFlagsEXT severity, XrDebugUtilsMessageTypeFlagsEXT type,
               std::string what) {
    if (instance_->messengers.empty()) return;
    messages_.push_back({severity, type, std::move(what)});
  }

  /// The usual way to hand out a list: its length when `capacity` is 0, else all of it or an error.
  template <typename T>
  XrResult list(std::uint32_t capacity, std::uint32_t* count, T* out, std::span<const T> values) {
    if (count == nullptr) return invalid("the pointer for the count is null");
    *count = static_cast<std::uint32_t>(values.size());
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < values.size()) return fail(XR_ERROR_SIZE_INSUFFICIENT, "the array is too small");
    if (values.empty()) return XR_SUCCESS;
    if (out == nullptr) return invalid("the array is null although its capacity is not 0");
    std::copy(values.begin(), values.end(), out);
    return XR_SUCCESS;
  }
  XrResult text(std::uint32_t capacity, std::uint32_t* count, char* out, const std::string& value) {
    return list<char>(capacity, count, out, {value.c_str(), value.size() + 1});
  }

 private:
  struct Message {
    XrDebugUtilsMessageSeverityFlagsEXT severity;
    XrDebugUtilsMessageTypeFlagsEXT type;
    std::string text;
  };
  void tell() noexcept;

  std::shared_ptr<Instance> instance_;
  std::unique_lock<std::mutex> lock_;
  const char* function_;
  XrDebugUtilsObjectNameInfoEXT subject_;  // what the call is about
  std::vector<Message> messages_;
};

/// Enters the runtime: finds the object of `handle`, locks its instance, and runs `body(object, call)`.
/// Nothing a body throws leaves the library.
template <typename T, typename Handle, typename Body>
XrResult enter(const char* function, Handle handle, Body&& body) noexcept {
  try {
    const std::shared_ptr<T> object = Handles::all().find<T>(number(handle));
    if (object == nullptr) return XR_ERROR_HANDLE_INVALID;
    Call call(function, *object);
    if (object->destroyed()) return XR_ERROR_HANDLE_INVALID;
    return body(*object, call);
  } catch (const std::bad_alloc&) {
    return XR_ERROR_OUT_OF_MEMORY;
  } catch (...) {
    return XR_ERROR_RUNTIME_FAILURE;
  }
}

/// The handle of a new object below `parent`.
template <typename Handle, typename T>
[[nodiscard]] Handle hand_out(std::shared_ptr<T> object, const Object& parent) {
  return reinterpret_cast<Handle>(Handles::all().add(std::move(object), parent.handle()));
}

/// A name as messages show it.
[[nodiscard]] inline std::string in_quotes(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 2);
  result.append(1, '\'').append(text).append(1, '\'');
  return result;
}

/// Copies text into a field of fixed size, cut to fit.
template <std::size_t N>
void copy_text(char (&field)[N], const std::string& text) {
  const std::size_t length = std::min(text.size(), N - 1);
  std::memcpy(field, text.data(), length);
  field[length] = '\0';
}

}  // namespace attune::xr_replay
