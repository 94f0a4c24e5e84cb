#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace attune::test {

/// A heart-rate strap as BlueZ shows one: a device, and once it is connected its service and characteristic.
class Strap {
 public:
  Strap(std::string name, std::string address) : name_(std::move(name)), address_(std::move(address)) {}

  // The weather: what the test decides.
  void fail_next_connects(int count);
  void show_services_late() { services_late_ = true; }
  void measure(const std::vector<std::uint8_t>& value);  ///< sends a value, if somebody asked for them
  void walk_away();                                      ///< the link breaks
  void show_services();                                  ///< what `show_services_late` held back

  // What was done to it.
  [[nodiscard]] int connects() const { return count(connects_); }
  [[nodiscard]] bool connected() const;
  [[nodiscard]] bool notifying() const;

 private:
  friend class BluezService;

  void appear(sdbus::IConnection& bus);
  void vanish();
  void connect();
  void disconnect();
  void export_device();
  [[nodiscard]] int count(const int& number) const;
  [[nodiscard]] std::string path() const;

  const std::string name_, address_;
  sdbus::IConnection* bus_ = nullptr;
  std::unique_ptr<sdbus::IObject> device_, service_, characteristic_;
  mutable std::mutex mutex_;
  bool connected_ = false, resolved_ = false, notifying_ = false, services_late_ = false;
  int failing_ = 0, connects_ = 0;
  std::vector<std::uint8_t> value_;
};

/// The service org.bluez on a bus: an adapter, and the straps that a search finds. It does what
/// doc/org.bluez.*.rst of BlueZ say, in the order that BlueZ does it.
class BluezService {
 public:
  struct Adapter {
    bool there = true, powered = true;
  };
  BluezService(const std::string& bus_address, std::vector<Strap*> in_the_air)
      : BluezService(bus_address, std::move(in_the_air), Adapter{}) {}
  BluezService(const std::string& bus_address, std::vector<Strap*> in_the_air, Adapter adapter);
  ~BluezService();

  void forget(Strap& strap);  ///< BlueZ takes a device that it has not seen for long from the bus

 private:
  void start_search();

  std::unique_ptr<sdbus::IConnection> bus_;
  std::unique_ptr<sdbus::IObject> adapter_;
  std::vector<Strap*> in_the_air_;
  bool found_ = false;
};

}  // namespace attune::test
