#include "sensors/bluez_objects.hpp"

#include <algorithm>

namespace attune::sensors {

namespace {

/// A property of the type it should have.
template <typename T>
std::optional<T> get(const BluezObjects::Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  if (found == properties.end() || !found->second.containsValueOfType<T>()) return std::nullopt;
  return found->second.get<T>();
}

void update(BluezObjects::Device& device, const BluezObjects::Properties& properties) {
  if (const auto name = get<std::string>(properties, "Alias")) device.name = *name;
  if (const auto name = get<std::string>(properties, "Name")) device.name = *name;
  if (const auto address = get<std::string>(properties, "Address")) device.address = *address;
  if (const auto uuids = get<std::vector<std::string>>(properties, "UUIDs")) {
    device.heart_rate =
        std::find(uuids->begin(), uuids->end(), BluezObjects::heart_rate_service) != uuids->end();
  }
  if (const auto connected = get<bool>(properties, "Connected")) device.connected = *connected;
  if (const auto known = get<bool>(properties, "ServicesResolved")) device.services_known = *known;
  if (device.connected || get<std::int16_t>(properties, "RSSI")) device.in_range = true;
}

}  // namespace

std::string BluezObjects::Device::shown() const {
  return name.empty() ? address : name + " (" + address + ")";
}

void BluezObjects::add(const std::string& path, const Interfaces& interfaces) {
  for (const auto& [interface, properties] : interfaces) {
    if (interface == adapter_interface)
      adapters_.try_emplace(path);
    else if (interface == device_interface)
      devices_.try_emplace(path);
    else if (interface == characteristic_interface)
      characteristics_[path] = get<std::string>(properties, "UUID").value_or("");
    change(path, interface, properties);
  }
}

void BluezObjects::change(const std::string& path, const std::string& interface,
                          const Properties& properties) {
  if (interface == adapter_interface) {
    const auto found = adapters_.find(path);
    if (found == adapters_.end()) return;
    if (const auto powered = get<bool>(properties, "Powered")) found->second.powered = *powered;
  } else if (interface == device_interface) {
    const auto found = devices_.find(path);
    if (found != devices_.end()) update(found->second, properties);
  }
}

void BluezObjects::remove(const std::string& path, const std::vector<std::string>& interfaces) {
  for (const auto& interface : interfaces) {
    if (interface == adapter_interface) adapters_.erase(path);
    if (interface == device_interface) devices_.erase(path);
    if (interface == characteristic_interface) characteristics_.erase(path);
  }
}

void BluezObjects::clear() {
  adapters_.clear();
  devices_.clear();
  characteristics_.clear();
}

std::optional<std::string> BluezObjects::measurement_of(const std::string& device_path) const {
  const auto prefix = device_path + "/";
  for (const auto& [path, uuid] : characteristics_) {
    if (uuid == heart_rate_measurement && path.compare(0, prefix.size(), prefix) == 0) return path;
  }
  return std::nullopt;
}

}  // namespace attune::sensors
