// Tables are sorted and filtered, and places found, where scripts run; without them all can be read.
(function () {
  "use strict";
  function valueOf(row, index) {
    var cell = row.cells[index];
    var given = cell.getAttribute("data-value");
    if (given === null) return cell.textContent.trim();
    return given === "" ? null : Number(given);
  }
  function compare(a, b) {
    if (a === null || b === null) return (a === null) - (b === null);
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  }
  function sort(table, index, button) {
    var down = button.getAttribute("aria-sort-now") === "ascending";
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    rows.sort(function (one, other) {
      var a = valueOf(one, index), b = valueOf(other, index);
      return a === null || b === null ? compare(a, b) : (down ? -1 : 1) * compare(a, b);
    });
    rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
    table.querySelectorAll("thead th").forEach(function (head) { head.removeAttribute("aria-sort"); });
    table.querySelectorAll("thead button").forEach(function (each) { each.removeAttribute("aria-sort-now"); });
    button.setAttribute("aria-sort-now", down ? "descending" : "ascending");
    button.parentNode.setAttribute("aria-sort", down ? "descending" : "ascending");
  }
  function filter(rows, text, status) {
    var words = text.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    Array.prototype.forEach.call(rows, function (row) {
      var all = row.textContent.toLowerCase();
      var here = words.every(function (word) { return all.indexOf(word) >= 0; });
      row.hidden = !here;
      shown += here;
    });
    status.textContent = words.length ? shown + " of " + rows.length : "";
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    table.querySelectorAll("thead th").forEach(function (head, index) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", function () { sort(table, index, button); });
      head.textContent = "";
      head.appendChild(button);
    });
  });
  document.querySelectorAll("table.filterable").forEach(function (table) {
    var label = document.createElement("label"), input = document.createElement("input");
    var status = document.createElement("span");
    status.setAttribute("role", "status");
    label.className = "filter";
    label.append("Show rows with ", input, " ", status);
    input.type = "search";
    input.addEventListener("input", function () { filter(table.tBodies[0].rows, input.value, status); });
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  });
  var find = document.getElementById("find");
  if (find) {
    find.addEventListener("input", function () {
      filter(document.querySelectorAll("#all > li"), find.value, document.getElementById("found"));
    });
  }
})();
