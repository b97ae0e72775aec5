/* Every text of the modeler in Vietnamese, in the words of the product. A test finds that none is left in English. */

const WORDS = {
  'Activate create/remove space tool': 'Thêm hoặc bớt khoảng trống',
  'Activate global connect tool': 'Nối hai phần tử',
  'Activate hand tool': 'Kéo để xem',
  'Activate lasso tool': 'Chọn một vùng',
  'Add lane above': 'Thêm làn phía trên',
  'Add lane below': 'Thêm làn phía dưới',
  'Add text annotation': 'Thêm chú thích',
  'Align elements ': 'Căn thẳng các phần tử',
  'Align elements': 'Căn thẳng các phần tử',
  'Align elements bottom': 'Căn theo cạnh dưới',
  'Align elements center': 'Căn giữa theo chiều ngang',
  'Align elements left': 'Căn theo cạnh trái',
  'Align elements middle': 'Căn giữa theo chiều dọc',
  'Align elements right': 'Căn theo cạnh phải',
  'Align elements top': 'Căn theo cạnh trên',
  'Append compensation activity': 'Thêm việc bù trừ',
  'Append conditional intermediate catch event': 'Thêm chờ điều kiện',
  'Append end event': 'Thêm kết thúc',
  'Append gateway': 'Thêm điểm rẽ nhánh',
  'Append intermediate/boundary event': 'Thêm sự kiện',
  'Append message intermediate catch event': 'Thêm chờ thông điệp',
  'Append receive task': 'Thêm việc chờ nhận',
  'Append signal intermediate catch event': 'Thêm chờ tín hiệu',
  'Append task': 'Thêm bước',
  'Append timer intermediate catch event': 'Thêm chờ đến giờ',
  'Change element': 'Đổi loại',
  Collection: 'Danh sách',
  'Connect to other element': 'Nối sang phần tử khác',
  'Connect using association': 'Nối chú thích',
  'Connect using data input association': 'Nối dữ liệu vào',
  'Create data object reference': 'Tạo dữ liệu',
  'Create data store reference': 'Tạo kho dữ liệu',
  'Create end event': 'Tạo kết thúc',
  'Create expanded sub-process': 'Tạo quy trình con',
  'Create gateway': 'Tạo điểm rẽ nhánh',
  'Create group': 'Tạo nhóm',
  'Create intermediate/boundary event': 'Tạo sự kiện',
  'Create pool/participant': 'Tạo đơn vị tham gia',
  'Create start event': 'Tạo bắt đầu',
  'Create task': 'Tạo bước',
  Delete: 'Xóa',
  'Distribute elements horizontally': 'Giãn đều theo chiều ngang',
  'Distribute elements vertically': 'Giãn đều theo chiều dọc',
  'Divide into three lanes': 'Chia thành ba làn',
  'Divide into two lanes': 'Chia thành hai làn',
  Loop: 'Làm lại nhiều lần',
  'Open {element}': 'Mở {element}',
  'Parallel multi-instance': 'Nhiều người làm cùng lúc',
  'Participant multiplicity': 'Nhiều đơn vị tham gia',
  'Search in diagram': 'Tìm trong sơ đồ',
  'Sequential multi-instance': 'Nhiều người làm lần lượt',
  'Toggle non-interrupting': 'Ngắt hoặc không ngắt việc',
  'flow elements must be children of pools/participants': 'Hãy đặt phần tử vào trong khung của một đơn vị.',
  'Data object must be placed within a pool/participant.': 'Hãy đặt dữ liệu vào trong khung của một đơn vị.',
  'Conditional flow': 'Đường đi có điều kiện',
  'Default flow': 'Đường đi mặc định',
  'Sequence flow': 'Đường đi',
  'Boundary event': 'Sự kiện gắn vào bước',
  'Business rule task': 'Việc theo bảng quyết định',
  'Call activity': 'Gọi quy trình khác',
  'Complex gateway': 'Điểm rẽ phức hợp',
  'Data object reference': 'Dữ liệu',
  'Data store reference': 'Kho dữ liệu',
  'Empty pool/participant': 'Đơn vị tham gia (đóng)',
  'Expanded pool/participant': 'Đơn vị tham gia (mở)',
  'Event sub-process': 'Quy trình con theo sự kiện',
  'Event-based gateway': 'Rẽ theo sự kiện đến trước',
  'Exclusive gateway': 'Rẽ một nhánh',
  'Inclusive gateway': 'Rẽ một hoặc nhiều nhánh',
  'Parallel gateway': 'Rẽ làm song song',
  'Manual task': 'Việc làm tay',
  'Receive task': 'Việc chờ nhận',
  'Script task': 'Việc chạy mã',
  'Send task': 'Việc gửi đi',
  'Service task': 'Việc tự động',
  'User task': 'Việc của người',
  Task: 'Việc',
  Transaction: 'Giao dịch',
  'Sub-process': 'Quy trình con',
  'Sub-process (collapsed)': 'Quy trình con (gọn)',
  'Sub-process (expanded)': 'Quy trình con (mở)',
  'Ad-hoc sub-process': 'Quy trình con tùy ý',
  'Ad-hoc sub-process (collapsed)': 'Quy trình con tùy ý (gọn)',
  'Ad-hoc sub-process (expanded)': 'Quy trình con tùy ý (mở)',
};

const KINDS = {
  Message: 'thông điệp',
  Timer: 'hẹn giờ',
  Conditional: 'điều kiện',
  Signal: 'tín hiệu',
  Error: 'lỗi',
  Escalation: 'báo cấp trên',
  Compensation: 'bù trừ',
  Cancel: 'hủy',
  Link: 'nối trang',
  Terminate: 'dừng tất cả',
};

const EVENTS = {
  'start event': 'Bắt đầu',
  'end event': 'Kết thúc',
  'boundary event': 'Gắn vào bước',
  'intermediate catch event': 'Chờ',
  'intermediate throw event': 'Phát',
};

const EVENT = /^(?:(\w+) )?(start event|end event|boundary event|intermediate (?:catch|throw) event)( \(non-interrupting\))?$/i;

export function vietnamese(text, replacements = {}) {
  const said = WORDS[text] ?? event(text) ?? text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => replacements[name] ?? whole);
}

function event(text) {
  const match = EVENT.exec(text);
  if (!match) {
    return undefined;
  }
  const [, kind, place, mild] = match;
  const named = kind && kind !== 'Intermediate' ? `: ${KINDS[kind]}` : '';
  return `${EVENTS[place.toLowerCase()]}${named}${mild ? ', không ngắt việc' : ''}`;
}
