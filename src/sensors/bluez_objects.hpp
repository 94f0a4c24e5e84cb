#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace attune::sensors {

/// What BlueZ has on the bus, as far as heart-rate sensors need it: a picture that its signals keep true.
/// BlueZ D-Bus API (doc/org.bluez.Adapter, .Device, .GattCharacteristic).
class BluezObjects {
 public:
  using Properties = std::map<std::string, sdbus::Variant>;
  using Interfaces = std::map<std::string, Properties>;

  static constexpr const char* adapter_interface = "org.bluez.Adapter1";
  static constexpr const char* device_interface = "org.bluez.Device1";
  static constexpr const char* characteristic_interface = "org.bluez.GattCharacteristic1";
  static constexpr const char* heart_rate_service = "0000180d-0000-1000-8000-00805f9b34fb";
  static constexpr const char* heart_rate_measurement = "00002a37-0000-1000-8000-00805f9b34fb";

  struct Adapter {
    bool powered = false;
  };
  struct Device {
    std::string name, address;
    bool heart_rate = false;  ///< it says that it has the heart-rate service
    bool connected = false, services_known = false;
    bool in_range = false;  ///< it was heard during a search, or is connected

    /// "Polar H10 (AA:BB:…)"
    [[nodiscard]] std::string shown() const;
  };

  void add(const std::string& path, const Interfaces& interfaces);
  void change(const std::string& path, const std::string& interface, const Properties& properties);
  void remove(const std::string& path, const std::vector<std::string>& interfaces);
  void clear();

  [[nodiscard]] const std::map<std::string, Adapter>& adapters() const { return adapters_; }
  [[nodiscard]] const std::map<std::string, Device>& devices() const { return devices_; }
  /// The path of a device's characteristic Heart Rate Measurement.
  [[nodiscard]] std::optional<std::string> measurement_of(const std::string& device_path) const;

 private:
  std::map<std::string, Adapter> adapters_;
  std::map<std::string, Device> devices_;
  std::map<std::string, std::string> characteristics_;  // UUID by path
};

}  // namespace attune::sensors
