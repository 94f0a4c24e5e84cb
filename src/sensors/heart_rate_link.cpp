#include "sensors/heart_rate_link.hpp"

#include <spdlog/spdlog.h>
#include <strings.h>

#include <algorithm>
#include <utility>

namespace attune::sensors {

namespace {

constexpr const char* bluez = "org.bluez";
constexpr const char* properties_interface = "org.freedesktop.DBus.Properties";
constexpr const char* manager_interface = "org.freedesktop.DBus.ObjectManager";
constexpr int turn_ms = 250;
constexpr double call_limit_s = 10.0, connect_limit_s = 45.0;  // BlueZ itself gives up connecting after 40 s
constexpr double services_limit_s = 20.0;
constexpr double silence_limit_s = 20.0;  // sensors send once a second, with or without a pulse
constexpr double shortest_patience_s = 1.0, longest_patience_s = 30.0;
constexpr double retry_s = 5.0;

std::int64_t after(std::int64_t now_ns, double seconds) {
  return now_ns + static_cast<std::int64_t>(seconds * 1e9);
}

/// A signal that is not what BlueZ's documentation says is passed over.
sdbus::message_handler guarded(sdbus::message_handler handler) {
  return [handler = std::move(handler)](sdbus::Message& message) {
    try {
      handler(message);
    } catch (const sdbus::Error& error) {
      spdlog::debug("sensors: a signal of BlueZ could not be read: {}", error.getMessage());
    }
  };
}

bool same_text(const std::string& a, const std::string& b) { return ::strcasecmp(a.c_str(), b.c_str()) == 0; }

}  // namespace

HeartRateLink::HeartRateLink(sdbus::IConnection& bus, const BluetoothConfig& config, Listener listener)
    : bus_(bus), config_(config), listener_(std::move(listener)) {
  watch();
}

HeartRateLink::~HeartRateLink() {
  if (!chosen_ || !ours_) return;
  try {
    const auto proxy = sdbus::createProxy(bus_, bluez, *chosen_);
    proxy->callMethod("Disconnect")
        .onInterface(BluezObjects::device_interface)
        .withTimeout(std::chrono::seconds(2));
  } catch (const sdbus::Error&) {
    // It is gone already, or the bus is.
  }
}

void HeartRateLink::watch() {
  const auto on = [this](const std::string& rule, sdbus::message_handler handler) {
    bus_.addMatch("type='signal'," + rule, guarded(std::move(handler)), sdbus::floating_slot);
  };
  const std::string from_bluez = "sender='org.bluez',interface='";
  on(from_bluez + properties_interface + "',member='PropertiesChanged',path_namespace='/org/bluez'",
     [this](sdbus::Message& message) { on_properties(message); });
  on(from_bluez + manager_interface + "',member='InterfacesAdded'", [this](sdbus::Message& message) {
    sdbus::ObjectPath path;
    BluezObjects::Interfaces interfaces;
    message >> path >> interfaces;
    objects_.add(path, interfaces);
  });
  on(from_bluez + manager_interface + "',member='InterfacesRemoved'", [this](sdbus::Message& message) {
    sdbus::ObjectPath path;
    std::vector<std::string> interfaces;
    message >> path >> interfaces;
    objects_.remove(path, interfaces);
  });
  on("sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org."
     "bluez'",
     [this](sdbus::Message& message) { on_owner(message); });
}

void HeartRateLink::on_properties(sdbus::Message& message) {
  std::string interface;
  BluezObjects::Properties changed;
  message >> interface >> changed;
  const auto path = message.getPath();
  objects_.change(path, interface, changed);
  if (interface != BluezObjects::characteristic_interface || !measurement_ || path != *measurement_) return;
  const auto value = changed.find("Value");
  if (value == changed.end() || !value->second.containsValueOfType<std::vector<std::uint8_t>>()) return;
  measured_ns_ = monotonic_ns();
  patience_s_ = shortest_patience_s;
  listener_.measured(value->second.get<std::vector<std::uint8_t>>());
}

/// bluetoothd was started or ended.
void HeartRateLink::on_owner(sdbus::Message& message) {
  std::string name, before, owner;
  message >> name >> before >> owner;
  lose_sensor();
  objects_.clear();
  searching_on_.reset();
  to_disconnect_.reset();
  known_ = calling_ = false;
  retry_ns_ = 0;
}

void HeartRateLink::call(const std::string& path, const char* interface, const char* method, double limit_s,
                         std::function<void(const sdbus::Error*)> done) {
  calling_ = true;
  callee_ = sdbus::createProxy(bus_, bluez, path);
  callee_->callMethodAsync(method)
      .onInterface(interface)
      .withTimeout(std::chrono::milliseconds(static_cast<int>(limit_s * 1e3)))
      .uponReplyInvoke([this, done = std::move(done)](const sdbus::Error* error) {
        calling_ = false;
        done(error);
      });
}

int HeartRateLink::advance(std::int64_t now_ns) {
  now_ns_ = now_ns;
  if (chosen_ && !objects_.devices().contains(*chosen_)) lose_sensor();
  if (calling_) return turn_ms;
  if (to_disconnect_) {
    call(*std::exchange(to_disconnect_, std::nullopt), BluezObjects::device_interface, "Disconnect",
         call_limit_s, [](const sdbus::Error*) {});
  } else if (chosen_ && searching_on_) {
    // A search disturbs connecting.
    call(*std::exchange(searching_on_, std::nullopt), BluezObjects::adapter_interface, "StopDiscovery",
         call_limit_s, [](const sdbus::Error*) {});
  } else if (now_ns >= retry_ns_) {
    if (!known_)
      learn_objects();
    else if (!chosen_)
      choose();
    else
      follow(*chosen_, objects_.devices().at(*chosen_));
  }
  return turn_ms;
}

void HeartRateLink::learn_objects() {
  calling_ = true;
  callee_ = sdbus::createProxy(bus_, bluez, "/");
  callee_->callMethodAsync("GetManagedObjects")
      .onInterface(manager_interface)
      .withTimeout(std::chrono::milliseconds(static_cast<int>(call_limit_s * 1e3)))
      .uponReplyInvoke([this](const sdbus::Error* error,
                              const std::map<sdbus::ObjectPath, BluezObjects::Interfaces>& all) {
        calling_ = false;
        if (error != nullptr) {
          listener_.say(Progress::failing,
                        "BlueZ does not answer: start the service bluetooth (" + error->getMessage() + ")");
          retry_ns_ = after(now_ns_, retry_s);
          return;
        }
        for (const auto& [path, interfaces] : all) objects_.add(path, interfaces);
        known_ = true;
      });
}

bool HeartRateLink::wanted(const Device& device) const {
  // Once a sensor is the patient's, no other one takes its place, whoever wears it.
  if (!bound_to_.empty()) return device.address == bound_to_;
  if (config_.device.empty()) return device.heart_rate && device.in_range;
  return same_text(device.name, config_.device) || same_text(device.address, config_.device);
}

/// Takes the sensor that was named, or the only one that is there.
void HeartRateLink::choose() {
  std::vector<const Named*> candidates;
  for (const auto& named : objects_.devices()) {
    if (wanted(named.second)) candidates.push_back(&named);
  }
  const bool looked = searching_on_ && since_s(search_began_ns_) >= config_.look_s;
  if (candidates.size() == 1 && (looked || !config_.device.empty() || !bound_to_.empty())) {
    chosen_ = candidates[0]->first;
    bound_to_ = candidates[0]->second.address;
    return;
  }
  if (candidates.size() > 1 && looked) {
    std::string names;
    for (const auto* named : candidates) names += (names.empty() ? "" : ", ") + named->second.shown();
    listener_.say(Progress::failing, "several heart-rate sensors are in range: " + names +
                                         ": name the patient's as 'device' in [bluetooth]");
  }
  if (!searching_on_ || !objects_.adapters().contains(*searching_on_)) look_round();
}

void HeartRateLink::look_round() {
  searching_on_.reset();
  if (objects_.adapters().empty()) {
    listener_.say(Progress::failing, "this machine has no Bluetooth adapter: plug one in");
    return;
  }
  const auto powered = std::find_if(objects_.adapters().begin(), objects_.adapters().end(),
                                    [](const auto& named) { return named.second.powered; });
  if (powered == objects_.adapters().end()) {
    listener_.say(Progress::failing, "the Bluetooth adapter is switched off: bluetoothctl power on");
    return;
  }
  const auto path = powered->first;
  const BluezObjects::Properties filter{
      {"UUIDs", sdbus::Variant(std::vector<std::string>{BluezObjects::heart_rate_service})},
      {"Transport", sdbus::Variant(std::string("le"))}};
  calling_ = true;
  callee_ = sdbus::createProxy(bus_, bluez, path);
  callee_->callMethodAsync("SetDiscoveryFilter")
      .onInterface(BluezObjects::adapter_interface)
      .withArguments(filter)
      .uponReplyInvoke([](const sdbus::Error*) {});  // an old BlueZ finds more than asked for
  callee_->callMethodAsync("StartDiscovery")
      .onInterface(BluezObjects::adapter_interface)
      .uponReplyInvoke([this, path](const sdbus::Error* error) {
        calling_ = false;
        if (error != nullptr && error->getName() != "org.bluez.Error.InProgress") {
          listener_.say(Progress::failing, "cannot look for sensors: " + error->getMessage());
          retry_ns_ = after(now_ns_, retry_s);
          return;
        }
        searching_on_ = path;
        search_began_ns_ = now_ns_;
        const auto what = config_.device.empty() ? std::string("a heart-rate sensor") : config_.device;
        listener_.say(Progress::starting,
                      "looking for " + what + ": is it worn, and not connected to a phone?");
      });
}

/// The next step towards measurements of the chosen sensor.
void HeartRateLink::follow(const std::string& path, const Device& device) {
  if (!device.connected) {
    if (listening_ || connected_ns_ != 0) {
      give_up(device.shown() + " is disconnected");
      return;
    }
    connect(path, device);
    return;
  }
  if (connected_ns_ == 0) connected_ns_ = now_ns_;
  if (listening_) {
    if (since_s(measured_ns_) > silence_limit_s) give_up(device.shown() + " sends nothing");
    return;
  }
  // Services may be called known a little before they are on the bus.
  measurement_ = device.services_known ? objects_.measurement_of(path) : std::nullopt;
  if (measurement_)
    subscribe(*measurement_, device);
  else if (since_s(connected_ns_) > services_limit_s)
    give_up(device.shown() + " has no heart-rate measurement");
}

void HeartRateLink::connect(const std::string& path, const Device& device) {
  listener_.say(Progress::starting, "connecting to " + device.shown());
  call(path, BluezObjects::device_interface, "Connect", connect_limit_s,
       [this, shown = device.shown()](const sdbus::Error* error) {
         ours_ = error == nullptr;
         if (error != nullptr)
           give_up("cannot connect to " + shown + ": " + error->getMessage());
         else
           retry_ns_ = after(now_ns_, shortest_patience_s);  // the property may follow the answer
       });
}

void HeartRateLink::subscribe(const std::string& path, const Device& device) {
  call(path, BluezObjects::characteristic_interface, "StartNotify", call_limit_s,
       [this, shown = device.shown()](const sdbus::Error* error) {
         if (error != nullptr) {
           give_up("cannot listen to " + shown + ": " + error->getMessage());
           return;
         }
         listening_ = true;
         measured_ns_ = monotonic_ns();
         listener_.say(Progress::working, "listening to " + shown);
       });
}

/// Begins anew with this sensor after a while, a longer one each time.
void HeartRateLink::give_up(const std::string& why) {
  listener_.say(Progress::failing, why + ": trying again");
  const auto path = chosen_;
  lose_sensor();
  retry_ns_ = after(now_ns_, patience_s_);
  patience_s_ = std::min(2.0 * patience_s_, longest_patience_s);
  if (!path || !objects_.devices().contains(*path)) return;
  chosen_ = path;
  if (objects_.devices().at(*path).connected) to_disconnect_ = path;
}

void HeartRateLink::lose_sensor() {
  if (listening_) listener_.lost();
  listening_ = ours_ = false;
  connected_ns_ = 0;
  chosen_.reset();
  measurement_.reset();
}

}  // namespace attune::sensors
